import { anEnvironment } from '../../stacks/testing/places.ts';
import { isRotation, whatIsSo } from './rotation.ts';

const environment = anEnvironment('dev');
const rotation = {
  from: 'store_app_a',
  to: 'store_app_b',
  sessions: { store_app_b: 1, store_app_a: 2 },
  retired: true,
  repaired: false,
};

test('the operator is told who logs in now, what is dead, and what is open', () => {
  const text = whatIsSo(rotation, environment);

  expect(text.trim().split('\n')).toEqual([
    'New connections log in as store_app_b, which was tried with the secret as it stands.',
    'The password of store_app_a is dead: it was tried, and refused.',
    'Open connections: 2 of store_app_a, 1 of store_app_b; those of store_app_a end by themselves within half an hour.',
  ]);
});

test('an earlier rotation that had not ended is told', () => {
  expect(whatIsSo({ ...rotation, repaired: true }, environment)).toContain('had not ended');
});

test('where the log shows nothing, nothing is claimed but how to look', () => {
  expect(whatIsSo(undefined, environment)).toContain('npm run logs -- dev --task migration');
});

test.each([[undefined], [false], ['rotated'], [{ from: 'a' }]])('%j is no rotation', (told) => {
  expect(isRotation(told)).toBe(false);
});
