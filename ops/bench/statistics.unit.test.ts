import { median, ratio, spread } from './statistics.ts';

test('one slow round does not move the median', () => {
  expect(spread([100, 10, 110])).toEqual({ median: 100, min: 10, max: 110 });
});

test('of an even number of rounds the median is between the two in the middle', () => {
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test('figures are compared by size, not as texts', () => {
  expect(spread([9, 10, 1000])).toEqual({ median: 10, min: 9, max: 1000 });
});

test('nothing has no median', () => {
  expect(() => median([])).toThrow('no round was measured');
});

test('a ratio is taken round by round, so that a slow minute hits both sides', () => {
  const [ours, theirs] = [
    [4000, 400, 4400],
    [1000, 100, 1000],
  ];

  expect(ratio(ours, theirs)).toEqual({ median: 4, min: 4, max: 4.4 });
});

test('rounds that were not measured together have no ratio', () => {
  expect(() => ratio([1, 2], [1])).toThrow('2 rounds cannot be compared with 1');
});
