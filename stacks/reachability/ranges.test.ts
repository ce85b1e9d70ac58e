import { holds, holdsInternet } from './ranges.ts';

const SUBNET = '10.10.64.0/18';

test.each([
  ['0.0.0.0/0', true],
  ['10.0.0.0/8', true],
  ['10.10.64.7/32', true],
  ['10.20.0.0/16', false],
  ['::/0', false],
  ['pl-0123456789', true],
])('over IPv4 %s holds a subnet: %s', (range, expected) => {
  expect(holds(range, 4, SUBNET)).toBe(expected);
});

test.each([
  ['0.0.0.0/0', 4, true],
  ['203.0.113.0/24', 4, true],
  ['8.0.0.0/5', 4, true],
  ['10.0.0.0/8', 4, false],
  ['100.64.0.0/16', 4, false],
  ['::/0', 6, true],
  ['2001:db8::/32', 6, true],
  ['fd00::/8', 6, false],
  ['0.0.0.0/0', 6, false],
  ['${var.range}', 4, true],
] as const)('%s holds addresses of the internet over IPv%i: %s', (range, family, expected) => {
  expect(holdsInternet(range, family)).toBe(expected);
});
