import { PROJECT } from '../../contract.ts';
import { someTable } from '../testing/some-table.ts';
import { problemsOf } from '../testing/tables.ts';

const { dev } = someTable;

test.each(['d', 'dev2', 'staging'])('%s can be an environment', (name) => {
  expect(problemsOf({ [name]: dev })).toEqual([]);
});

test.each([
  ['Dev', 'a to z, then a to z and 0 to 9, at most 10 characters'],
  ['2dev', 'a to z, then a to z and 0 to 9, at most 10 characters'],
  ['dev-eu', 'a to z, then a to z and 0 to 9, at most 10 characters'],
  ['production1', 'a to z, then a to z and 0 to 9, at most 10 characters'],
  ['', 'a to z, then a to z and 0 to 9, at most 10 characters'],
  ['devaws', "without 'aws', 'amazon' and 'cognito', which Cognito refuses"],
  ['state', `none of ${PROJECT}, account, state, registry, shared, which the account has`],
])('%p is refused: expected %s', (name, expected) => {
  expect(problemsOf({ [name]: dev })).toEqual([
    `'${name}': expected an environment's name: ${expected}`,
  ]);
});

test('names of resources have 24 characters at most', () => {
  const prefix = `${PROJECT}-europewest-a1234567`;
  const settings = { ...dev, suffix: 'a1234567', owner: '' };

  const [owner, ...others] = problemsOf({ europewest: settings }).toReversed();

  expect(owner).toMatch(/^europewest\.owner is '': /);
  // A project's name of four letters leaves room even for that.
  expect(others).toEqual(
    prefix.length > 24
      ? [
          `europewest: the names of its resources would begin with '${prefix}', ${prefix.length} characters; expected at most 24: shorten the environment's name, its suffix or the project's name (npm run rename)`,
        ]
      : [],
  );
});
