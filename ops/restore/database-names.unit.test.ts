import { databaseArns } from '../../stacks/constructs/resource-patterns.ts';
import { anEnvironment } from '../../stacks/testing/places.ts';
import { isDatabaseOf, logGroupsOf, restoredName } from './database-names.ts';

const environment = { ...anEnvironment(), prefix: 'store-dev' };

test('a restored database is called after the first one and the minute, in UTC', () => {
  expect(restoredName(environment, new Date('2026-11-21T19:30:59+01:00'))).toBe(
    'store-dev-202611211830',
  );
});

test.each([
  ['store-dev', true],
  ['store-dev-202611211830', true],
  ['store-dev-2', false],
  ['store-dev-2-202611211830', false],
  ['store-dev-20', false],
  ['store-dev-20-202611211830', false],
  ['store-dev-copy', false],
  ['store-prod-202611211830', false],
])('%s: of store-dev? %s', (name, isOurs) => {
  expect(isDatabaseOf(environment, name)).toBe(isOurs);
  const allowed = databaseArns(environment).some((pattern) => matches(pattern, name));
  expect(allowed).toBe(isOurs);
});

test('its logs are where RDS writes them', () => {
  expect(logGroupsOf('store-dev')).toEqual([
    '/aws/rds/instance/store-dev/postgresql',
    '/aws/rds/instance/store-dev/upgrade',
  ]);
});

/** As IAM takes `?`. */
function matches(pattern: string, name: string): boolean {
  const [, end = ''] = pattern.split(':db:');
  return new RegExp(`^${end.replaceAll('?', '.')}$`).test(name);
}
