/** What an answer rests on that nobody has said with the question. */
import { may, roleCalled } from './ask.ts';
import { decisionText } from './layout.ts';
import { somePermissions } from './testing/some-permissions.ts';

const { prod } = somePermissions();
const { accountId, region, prefix } = prod.environment;

function ask(action: string, resource: string, context = {}) {
  return may(prod, roleCalled(prod, 'apply'), { action, resource, context });
}

const key = `arn:aws:kms:${region}:${accountId}:key/<prod-database/key/key>`;
const SCHEDULE = 'kms:ScheduleKeyDeletion';

test("the region of a request is the environment's", () => {
  const answer = ask('ecs:DeregisterTaskDefinition', '*');

  expect(answer).toMatchObject({ allowed: true, fromStacks: { 'aws:RequestedRegion': region } });
  expect(decisionText(answer)).toMatch(`\nas the stacks have it: aws:RequestedRegion=${region}`);
});

test('what is said comes first, in whichever case', () => {
  const context = { 'AWS:requestedregion': 'us-west-2' };

  const answer = ask('ecs:DeregisterTaskDefinition', '*', context);

  expect(answer).toMatchObject({ allowed: false, fromStacks: {} });
});

test("the program's own resources have the tags of their stack", () => {
  const answer = ask(SCHEDULE, key);

  expect(answer.fromStacks).toMatchObject({ 'aws:ResourceTag/Environment': 'prod' });
  expect(answer.absent).not.toContain('aws:ResourceTag/Environment');
});

test('the secret of a database has the tag that RDS gives it', () => {
  const secret = `arn:aws:secretsmanager:${region}:${accountId}:secret:rds!db-<prod-database/postgres/instance>-??????`;

  expect(prod.tags.get(secret)).toEqual({
    'aws:rds:primaryDBInstanceArn': `arn:aws:rds:${region}:${accountId}:db:${prefix}`,
  });
});

test('keys that nobody said are named', () => {
  const vpc = `arn:aws:ec2:${region}:${accountId}:vpc/vpc-0123`;

  const answer = ask('ec2:DeleteVpc', vpc);

  expect(answer.absent).toContain('aws:ResourceTag/Environment');
  expect(decisionText(answer)).toContain(
    'answered as if absent: aws:ResourceTag/Environment; give it with --with',
  );
  expect(ask('ec2:DeleteVpc', vpc, { 'aws:ResourceTag/Environment': 'prod' }).absent).not.toContain(
    'aws:ResourceTag/Environment',
  );
});
