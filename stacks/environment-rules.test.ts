import { loadEnvironments } from './environment-rules.ts';
import type { Settings } from './settings.ts';
import { someTable } from './testing/some-table.ts';
import { problemsOf, tableWith } from './testing/tables.ts';

test('all problems come at once, by environment', () => {
  const table = tableWith({
    'dev.region': 'us-gov-west-1',
    'dev.service.memoryMb': 3000,
    'staging.suffix': 'Copy',
    'prod.dataMayBeLost': undefined,
    'prod.network.cidr': '10.20.128.0/17',
  });

  expect(problemsOf(table, 'My.Bucket')).toEqual([
    "dev.region is 'us-gov-west-1': expected an AWS region, such as eu-central-1 (not GovCloud, not China)",
    'dev.service.memoryMb is 3000: expected MiB that Fargate offers with cpu 256: 512, 1024 or 2048',
    "staging.suffix is 'Copy': expected up to 8 characters of a to z, 0 to 9",
    'prod.dataMayBeLost is missing: expected true or false: whether destroying it may destroy its data',
    "prod.network.cidr is '10.20.128.0/17': expected a range that does not overlap staging's 10.20.0.0/16, in the same account and region",
    "STORE_STATE_BUCKET is 'My.Bucket': expected a bucket's name, 3 to 63 characters of a to z, 0 to 9 and -",
  ]);
});

test('the message says where to look', () => {
  const table = tableWith({ 'dev.accountId': '12' });

  expect(() => loadEnvironments(table)).toThrow(
    "stacks/environments.ts:\n  dev.accountId is '12': expected an AWS account id of 12 digits",
  );
});

test('a setting of the wrong form breaks no rule that reads it', () => {
  const table = tableWith({
    'prod.service.cpu': 'much',
    'prod.network': [],
    'prod.door.address': null,
  });

  expect(problemsOf(table)).toEqual([
    'prod.network is []: expected { cidr, zones, egress, flowLogDays }',
    "prod.service.cpu is 'much': expected CPU units that Fargate knows: 256, 512, 1024, 2048 or 4096",
    'prod.door.address is null: expected { domainName, zoneId } or { plainHttpExposesTokens: true }',
  ]);
});

test.each([null, 7, 'lean', []])('an environment that is %p is no environment', (settings) => {
  const [problem, ...others] = problemsOf({
    ...someTable,
    dev: settings as unknown as Settings,
  });

  expect(problem).toMatch(/^dev is .+: expected \{ accountId, region, /);
  expect(others).toEqual([]);
});

test('an empty table is refused', () => {
  expect(problemsOf({})).toEqual(['the table is empty: expected an environment, such as dev']);
});

test('the states are in the bucket that is named, and nowhere else', () => {
  const buckets = loadEnvironments(someTable, 'our-states').map((one) => one.stateBucket);

  expect(new Set(buckets)).toEqual(new Set(['our-states']));
});

test('a bucket that is named with nothing is not named', () => {
  const [unnamed] = loadEnvironments(someTable);
  const [empty] = loadEnvironments(someTable, '');

  expect(empty?.stateBucket).toBe(unnamed?.stateBucket);
});
