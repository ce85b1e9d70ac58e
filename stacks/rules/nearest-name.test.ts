import { nearestName } from './nearest-name.ts';

const names = ['cidr', 'zones', 'egress', 'flowLogDays', 'multiAz'];

test.each([
  ['egres', 'egress'],
  ['zone', 'zones'],
  ['flowlogdays', 'flowLogDays'],
  ['multiAZ', 'multiAz'],
  ['flowLogsDay', 'flowLogDays'],
])('%s was probably meant to be %s', (written, meant) => {
  expect(nearestName(written, names)).toBe(meant);
});

test.each(['suffix', 'x', ''])('%p is like nothing', (written) => {
  expect(nearestName(written, names)).toBeUndefined();
});
