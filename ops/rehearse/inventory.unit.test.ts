import { firstSentence, gapFillers } from './inventory.ts';

test('every gap filler says what it is for', () => {
  const fillers = gapFillers();

  expect(fillers.length).toBeGreaterThan(0);
  expect(fillers.filter(({ says }) => says === '')).toEqual([]);
});

test('what fills no gap is not listed', () => {
  const files = gapFillers().map(({ file }) => file);

  expect(files).toEqual(expect.arrayContaining(['gaps/rds.py', 'containers/target_health.py']));
  expect(files.filter((file) => /settings|labels|__init__|\.ts$/.test(file))).toEqual([]);
});

test.each([
  ['"""Reads it. Then more."""\nimport os', 'Reads it.'],
  ['"""\nOver lines\nuntil here.\n"""', 'Over lines until here.'],
  ['import os', ''],
])('of %j the first sentence is %j', (source, sentence) => {
  expect(firstSentence(source)).toBe(sentence);
});
