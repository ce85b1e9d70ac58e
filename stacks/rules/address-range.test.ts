import { expectedRange, overlap, parseRange } from './address-range.ts';

test.each([
  '10.0.0.0/16',
  '10.255.252.0/22',
  '172.16.0.0/16',
  '172.31.0.0/20',
  '192.168.0.0/16',
  '100.64.0.0/16',
  '100.127.0.0/16',
])('%s can be a VPC', (range) => {
  expect(expectedRange(range)).toBeUndefined();
});

test.each([
  ['10.0.0.0/33', 'a private IPv4 range from /16 to /22, such as 10.10.0.0/16'],
  ['10.0.0.0/15', 'a private IPv4 range from /16 to /22, such as 10.10.0.0/16'],
  ['10.0.0.0/23', 'a private IPv4 range from /16 to /22, such as 10.10.0.0/16'],
  ['10.256.0.0/16', 'a private IPv4 range from /16 to /22, such as 10.10.0.0/16'],
  ['010.1.0.0/16', 'a private IPv4 range from /16 to /22, such as 10.10.0.0/16'],
  ['10.10.1.0/16', '10.10.0.0/16, where that range begins'],
  ['192.168.7.255/22', '192.168.4.0/22, where that range begins'],
])('%s: expected %s', (range, expected) => {
  expect(expectedRange(range)).toBe(expected);
});

test.each([
  '8.8.0.0/16',
  '172.32.0.0/16',
  '172.15.0.0/16',
  '192.169.0.0/16',
  '100.128.0.0/16',
  '127.0.0.0/16',
])('%s is not private', (range) => {
  expect(expectedRange(range)).toMatch(/^a private range, within 10\.0\.0\.0\/8, /);
});

test.each([
  ['10.0.0.0/16', '10.0.0.0/16', true],
  ['10.0.0.0/16', '10.0.252.0/22', true],
  ['10.0.4.0/22', '10.0.0.0/16', true],
  ['10.0.0.0/16', '10.1.0.0/16', false],
  ['10.0.4.0/22', '10.0.8.0/22', false],
])('%s and %s overlap: %s', (one, other, expected) => {
  expect(overlap(parseRange(one), parseRange(other))).toBe(expected);
});

test('the highest addresses are numbers too', () => {
  expect(parseRange('255.255.252.0/22')).toEqual({ first: 2 ** 32 - 1024, last: 2 ** 32 - 1 });
});
