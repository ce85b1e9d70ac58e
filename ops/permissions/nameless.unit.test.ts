/** What AWS names after no environment is kept apart by its tags, and a zone by the names in it. */
import { may, roleCalled } from './ask.ts';
import type { Request } from './evaluator/statements.ts';
import { somePermissions } from './testing/some-permissions.ts';

const { dev, prod } = somePermissions();
const { accountId, region, prefix } = prod.environment;

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

/** As RDS tags the login that it makes for a database. */
const loginOf = (database: string) => ({
  'aws:ResourceTag/aws:rds:primaryDBInstanceArn': arn('rds', `db:${database}`),
});
const taggedFor = (label: string) => ({ 'aws:ResourceTag/Environment': label });
const records = (...names: string[]) => ({
  'route53:ChangeResourceRecordSetsNormalizedRecordNames': names,
});

const login = arn('secretsmanager', 'secret:rds!db-1234-Ab12Cd');
const pool = arn('cognito-idp', `userpool/${region}_1234`);
const zone = 'arn:aws:route53:::hostedzone/Z00000000000000000000';
const [ours, theirs] = [loginOf(prefix), loginOf(dev.environment.prefix)];

type Question = readonly [string, string, Request['context']?];

/** Whose role, what it asks for, the answer. */
const CASES: readonly (readonly [string, Question, boolean])[] = [
  ['apply', ['secretsmanager:CreateSecret', login], true],
  ['apply', ['secretsmanager:RotateSecret', login, ours], true],
  ['apply', ['secretsmanager:RotateSecret', login, theirs], false],
  ['apply', ['secretsmanager:RotateSecret', login], false],
  ['apply', ['secretsmanager:DeleteSecret', login, ours], false],
  ['plan', ['secretsmanager:DescribeSecret', login, ours], true],
  ['plan', ['secretsmanager:DescribeSecret', login, theirs], false],
  ['plan', ['cognito-idp:DescribeUserPool', pool, taggedFor('prod')], true],
  ['plan', ['cognito-idp:DescribeUserPool', pool, taggedFor('dev')], false],
  ['plan', ['cognito-idp:DescribeUserPool', pool], false],
  ['apply', ['route53:ChangeResourceRecordSets', zone, records('store.example.com')], true],
  ['apply', ['route53:ChangeResourceRecordSets', zone, records('_a1.store.example.com')], true],
  [
    'apply',
    ['route53:ChangeResourceRecordSets', zone, records('staging.store.example.com')],
    false,
  ],
  [
    'apply',
    ['route53:ChangeResourceRecordSets', zone, records('store.example.com', 'example.com')],
    false,
  ],
  ['apply', ['route53:ChangeResourceRecordSets', zone], false],
  ['flow-log', ['logs:DescribeLogGroups', '*'], true],
];

test.each(CASES)('%s %j: %s', (name, [action, resource, context = {}], expected) => {
  const answer = may(prod, roleCalled(prod, name), { action, resource, context });

  expect(answer.allowed).toBe(expected);
});
