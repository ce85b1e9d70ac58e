import { NewLines } from './new-lines.ts';

const START = 1_000_000;
const line = (id: string, seconds: number) => ({ id, at: START + seconds * 1000, text: id });
const idsOf = (lines: readonly { readonly id: string }[]) => lines.map(({ id }) => id);

test('the first question goes back as far as was asked for', () => {
  expect(new NewLines(START).since).toBe(START);
});

test('a line that comes again is shown once', () => {
  const lines = new NewLines(START);

  const first = lines.of([line('b', 41), line('a', 40)]);
  lines.forget();
  const second = lines.of([line('a', 40), line('b', 41), line('c', 42)]);

  expect(idsOf(first)).toEqual(['a', 'b']);
  expect(idsOf(second)).toEqual(['c']);
});

test('a line that comes late is asked for, and shown', () => {
  const lines = new NewLines(START);

  lines.of([line('a', 60)]);
  lines.forget();

  expect(lines.since).toBeLessThan(START + 50_000);
  expect(idsOf(lines.of([line('late', 50), line('a', 60)]))).toEqual(['late']);
});

test('two lines of the same millisecond are both shown', () => {
  const lines = new NewLines(START);

  expect(idsOf(lines.of([line('a', 40)]))).toEqual(['a']);
  expect(idsOf(lines.of([line('a', 40), line('b', 40)]))).toEqual(['b']);
});

test('what can come again is remembered, all else forgotten', () => {
  const lines = new NewLines(START);

  for (let second = 0; second < 10_000; second += 1) {
    lines.of([line(`line-${second}`, second)]);
    lines.forget();
  }

  expect(lines.of([line('line-9975', 9975), line('line-9999', 9999)])).toEqual([]);
  expect(lines.since).toBe(START + 9_969_000);
});
