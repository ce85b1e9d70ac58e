import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { VARIABLES } from '../contract.ts';
import { givenVariables, parseVariables } from './variables.ts';

const example = parseEnv(readFileSync(new URL('../.env.example', import.meta.url), 'utf8'));

test('the example lists every variable there is, and no other', () => {
  expect(Object.keys(example).toSorted()).toEqual([...VARIABLES].toSorted());
});

test('the example is a valid configuration', () => {
  expect(parseVariables(givenVariables(example))).not.toBeInstanceOf(Array);
});
