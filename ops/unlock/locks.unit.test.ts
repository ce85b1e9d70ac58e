import { someTable } from '../../stacks/testing/some-table.ts';
import { findLock } from './locks.ts';

test.each([
  ['dev-netwrok', "there is no stack 'dev-netwrok', did you mean dev-network? There are "],
  ['qqqqqqqqqqqq', "there is no stack 'qqqqqqqqqqqq'. There are "],
])('a name that no lock has is told in whole sentences: %s', (name, sentence) => {
  expect(() => findLock({ dev: someTable.dev }, name)).toThrow(sentence);
});
