import { isCovered } from './earlier-version.ts';

const ONE = { 'node_modules/one': { version: '1.0.0', integrity: 'sha512-1' } };
const TWO = { 'node_modules/two': { version: '2.0.0', integrity: 'sha512-2' } };

test('packages that are here in the same versions need not be installed again', () => {
  expect(isCovered(ONE, { ...ONE, ...TWO })).toBe(true);
});

test.each([
  ['is not here', TWO],
  [
    'is here in another version',
    { 'node_modules/one': { version: '1.0.1', integrity: 'sha512-1' } },
  ],
  ['has another content', { 'node_modules/one': { version: '1.0.0', integrity: 'sha512-x' } }],
  ['is in another place', { 'node_modules/two/node_modules/one': ONE['node_modules/one'] }],
])('a package that %s must be installed', (_, ours) => {
  expect(isCovered(ONE, ours)).toBe(false);
});
