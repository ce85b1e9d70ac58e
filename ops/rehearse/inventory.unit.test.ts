import { firstSentence, gapFillers } from './inventory.ts';

test('every gap filler says what it is for', () => {
  const fillers = gapFillers();

  expect(fillers.length).toBeGreaterThan(0);
  expect(fillers.filter(({ says }) => says === '')).toEqual([]);
});

test.each([
  ['"""Reads it. Then more."""\nimport os', 'Reads it.'],
  ['/** Writes it: all\n * of it. */\nexport {}', 'Writes it: all of it.'],
  ['"""\nOver lines\nuntil here.\n"""', 'Over lines until here.'],
  ['import os', ''],
])('of %j the first sentence is %j', (source, sentence) => {
  expect(firstSentence(source)).toBe(sentence);
});
