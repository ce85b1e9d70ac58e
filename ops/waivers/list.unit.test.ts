import type { Waiver } from '../../stacks/policies/waiver.ts';
import { anEnvironment } from '../../stacks/testing/places.ts';
import { list } from './list.ts';
import { page } from './page.ts';

const TODAY = '2026-11-21';

function aWaiver(differences: Partial<Waiver> = {}): Waiver {
  return {
    rule: 'CKV_AWS_91',
    path: '*-service/door/balancer',
    reason: 'Nobody would ever read them',
    owner: 'somebody',
    expires: '2027-05-31',
    ...differences,
  };
}

const nothing = { path: '*-service/door/gate', expires: '2026-12-01' } as const;
const accessLogs = { path: '*-service/door/access-logs/bucket', builtSometimes: true } as const;

const listed = list(
  [
    aWaiver(),
    aWaiver({ rule: 'CKV_AWS_18', path: '*-state/bucket/bucket' }),
    aWaiver(nothing),
    aWaiver({ rule: 'encrypted-at-rest', expires: '2026-11-20' }),
    aWaiver(accessLogs),
    aWaiver({ path: 'dev-service/door/http' }),
    aWaiver({ path: '*-service/entrance/http', reason: 'It was here a moment ago' }),
  ],
  [anEnvironment('dev'), anEnvironment('staging')],
  TODAY,
  [{ stack: 'service', from: 'entrance', to: 'door' }],
);

function listedFor(path: string) {
  return listed.find((each) => each.path === path);
}

test('the one that ends first is on top', () => {
  expect(listed.map(({ daysLeft }) => daysLeft)).toEqual([-1, 10, 191, 191, 191, 191, 191]);
});

test('constructs are counted, and their environments', () => {
  expect(listedFor('*-service/door/balancer')).toMatchObject({
    rule: 'encrypted-at-rest',
    matched: [],
    matchesNothing: true,
  });
  expect(
    listed.find(({ rule, path }) => rule === 'CKV_AWS_91' && path === aWaiver().path),
  ).toMatchObject({
    matched: ['dev-service/door/balancer', 'staging-service/door/balancer'],
    environments: ['dev', 'staging'],
    matchesNothing: false,
  });
});

test("an account's own construct is of no environment", () => {
  const { matched, environments } = listedFor('*-state/bucket/bucket') ?? {};

  expect(matched).toHaveLength(1);
  expect(environments).toEqual([]);
});

test('what only some settings build may be missing, anything else not', () => {
  expect(listedFor(accessLogs.path)?.matchesNothing).toBe(false);
  expect(listedFor(nothing.path)?.matchesNothing).toBe(true);
});

test('what has moved is listed with its new path', () => {
  expect(listedFor('*-service/entrance/http')).toMatchObject({
    matchesNothing: true,
    movedTo: '*-service/door/http',
  });
  expect(listedFor(nothing.path)).not.toHaveProperty('movedTo');
});

test('as a table, those that differ in their path alone share a row', () => {
  const rows = page(listed, 300).split('\n');

  expect(rows[0]).toMatch(/^last day +left +rule +where +matches +owner +why$/);
  expect(rows[1]).toMatch(
    /^2026-11-20 +over +encrypted-at-rest .+ NOTHING +somebody +Nobody would/,
  );
  expect(rows[2]).toMatch(/^2026-12-01 +10 days +CKV_AWS_91 .+ NOTHING /);
  expect(rows[3]).toMatch(
    /^2027-05-31 +191 days +CKV_AWS_91 +\*-service\/door\/balancer, .+, dev-service\/door\/http +3 in 2 /,
  );
  expect(rows[4]).toMatch(/^2027-05-31 .+ CKV_AWS_18 .+ 1, account /);
  expect(rows).toHaveLength(6);
});

test('no waivers are said to be none', () => {
  expect(page([], 80)).toBe('there are no waivers');
});
