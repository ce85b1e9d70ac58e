import { isSame, sourceOf } from './source.ts';

test.each([
  ['2026-11-21T18:30:00Z', '2026-11-21T18:30:00.000Z'],
  ['2026-11-21T19:30+01:00', '2026-11-21T18:30:00.000Z'],
])('%s is a moment', (at, moment) => {
  expect(sourceOf(at, undefined)).toEqual({ at: moment });
});

test.each(['2026-11-21T18:30:00', '2026-11-21', 'yesterday', '2026-13-41T00:00:00Z', ''])(
  "'%s' is refused: it is no moment, or one in another zone than you think",
  (at) => {
    expect(() => sourceOf(at, undefined)).toThrow('a moment with its zone is needed');
  },
);

test('a moment and a snapshot at once are refused', () => {
  expect(() => sourceOf('2026-11-21T18:30:00Z', 'one')).toThrow('give one of them');
  expect(sourceOf(undefined, undefined)).toBeUndefined();
});

test('the same moment in another zone is the same restore', () => {
  const one = sourceOf('2026-11-21T18:30:00Z', undefined);
  const other = sourceOf('2026-11-21T19:30:00+01:00', undefined);
  const snapshot = sourceOf(undefined, 'one');

  expect(one && other && isSame(one, other)).toBe(true);
  expect(one && snapshot && isSame(one, snapshot)).toBe(false);
});
