import { problemsOf, tableWith } from '../testing/tables.ts';

const ELSEWHERE = '123456789012';

test('environments of one account and region share no address', () => {
  const range = { 'prod.network.cidr': '10.10.4.0/22' };

  expect(problemsOf(tableWith(range))).toEqual([
    "prod.network.cidr is '10.10.4.0/22': expected a range that does not overlap dev's 10.10.0.0/16, in the same account and region",
  ]);
  expect(problemsOf(tableWith({ ...range, 'prod.accountId': ELSEWHERE }))).toEqual([]);
  expect(problemsOf(tableWith({ ...range, 'prod.region': 'eu-west-1' }))).toEqual([]);
});

test('two environments have two domain names', () => {
  expect(
    problemsOf(tableWith({ 'prod.door.address.domainName': 'staging.store.example.com' })),
  ).toEqual([
    "prod.door.address.domainName is 'staging.store.example.com': expected another than staging's",
  ]);
});

test('one bucket cannot hold the states of two accounts or regions', () => {
  const account = problemsOf(tableWith({ 'prod.accountId': ELSEWHERE }), 'our-states');
  const region = problemsOf(tableWith({ 'prod.region': 'eu-west-1' }), 'our-states');

  const said =
    "STORE_STATE_BUCKET is 'our-states': expected no such variable, as each account and region has a bucket of its own: 000000000000 in eu-central-1 (dev, staging)";
  expect(account).toEqual([`${said}, ${ELSEWHERE} in eu-central-1 (prod)`]);
  expect(region).toEqual([`${said}, 000000000000 in eu-west-1 (prod)`]);
});

test.each(['ab', 'Our-states', 'our_states', 'our.states', '-states', 'states-', 'x'.repeat(64)])(
  '%s is not the name of a bucket',
  (bucket) => {
    expect(problemsOf(tableWith({}), bucket)).toEqual([
      `STORE_STATE_BUCKET is '${bucket}': expected a bucket's name, 3 to 63 characters of a to z, 0 to 9 and -`,
    ]);
  },
);
