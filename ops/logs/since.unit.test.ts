import { millisecondsOf } from './since.ts';

test.each([
  ['90s', 90_000],
  ['15m', 900_000],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
])('%s are %d milliseconds', (text, expected) => {
  expect(millisecondsOf(text)).toBe(expected);
});

test.each(['', '15', 'm', '-1m', '1.5h', '15 m', '1w'])("'%s' is refused", (text) => {
  expect(() => millisecondsOf(text)).toThrow('--since must be such as 90s, 15m, 2h or 1d');
});
