import { policyDocument, type Statement } from '../constructs/policy-document.ts';
import { add, refusalOf } from '../testing/refusal.ts';
import { noWildcards } from './no-wildcards.ts';

const read: Statement = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::ours/*'] };

function refusal(policy: unknown, type = 'aws_iam_role_policy'): string {
  return refusalOf(noWildcards, (stack) => add(stack, type, 'it', { policy }));
}

test.each(['*', 's3:*', 's3:Get*', 's3:GetObjec?'])('refuses the action %s', (action) => {
  expect(refusal(policyDocument({ ...read, actions: ['s3:PutObject', action] }))).toContain(
    `[stack/it] aws_iam_role_policy allows ${action}: name each action that it needs`,
  );
});

test.each(['*', 'arn:aws:s3:::*', 'arn:aws:*:*:*:*'])('refuses the resource %s', (resource) => {
  expect(refusal(policyDocument({ ...read, resources: [resource] }))).toContain(
    `allows s3:GetObject on ${resource}: name ARNs`,
  );
});

const KINDS = [
  'arn:aws:s3:::*/*',
  'arn:aws:secretsmanager:eu-central-1:123456789012:secret:*',
  'arn:aws:kms:eu-central-1:123456789012:key/*',
  'arn:aws:iam::123456789012:role/*',
  'arn:aws:rds:eu-central-1:123456789012:db:*',
  'arn:aws:sqs:eu-central-1:123456789012:?*',
  'arn:aws:logs:eu-central-1:123456789012:log-group:*:*',
];

test.each(KINDS)('refuses %s, all of a kind, to a role', (resource) => {
  const policy = policyDocument({ ...read, resources: [resource] });
  const inline = { inline_policy: [{ policy }] };

  expect(refusal(policy)).toContain(`allows s3:GetObject on ${resource}: name ARNs`);
  expect(refusalOf(noWildcards, (stack) => add(stack, 'aws_iam_role', 'it', inline))).toContain(
    `allows s3:GetObject on ${resource}: name ARNs`,
  );
});

test.each(KINDS.slice(0, 5))('boundaries and pipelines may span %s', (resource) => {
  expect(refusal(policyDocument({ ...read, resources: [resource] }), 'aws_iam_policy')).toBe('');
});

test.each(['NotAction', 'NotResource'])('refuses %s', (key) => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'x', [key]: 'x' };

  expect(refusal(JSON.stringify({ Statement: statement }))).toContain(
    `allows all but what its ${key} names: name what it needs`,
  );
});

test.each(['aws_iam_policy', 'aws_iam_user_policy', 'aws_iam_group_policy'])('reads %s', (type) => {
  const policy = policyDocument({ ...read, actions: ['*'] });

  expect(refusal(policy, type)).toContain(`${type} allows *`);
});

test('reads what is written into a role itself', () => {
  const policy = policyDocument({ ...read, actions: ['*'] });

  expect(
    refusalOf(noWildcards, (stack) =>
      add(stack, 'aws_iam_role', 'it', { inline_policy: [{ policy }] }),
    ),
  ).toContain('aws_iam_role allows *');
});

test("refuses what AWS writes and changes, such as administrators' rights", () => {
  const policy_arn = 'arn:aws:iam::aws:policy/AdministratorAccess';

  expect(
    refusalOf(noWildcards, (stack) =>
      add(stack, 'aws_iam_role_policy_attachment', 'it', { policy_arn }),
    ),
  ).toContain(`allows what AWS writes into ${policy_arn}: spell out the actions`);
});

test('refuses what only Terraform knows', () => {
  expect(refusal('${data.aws_iam_policy_document.it.json}')).toContain('policyDocument()');
});

test.each<readonly [string, Statement]>([
  ['an action on ARNs', read],
  ['to deny everything', { ...read, effect: 'Deny', actions: ['*'], resources: ['*'] }],
  ['what has no resource', { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }],
  ['what is below a path', { ...read, resources: ['arn:aws:ssm:x:1:parameter/shop/dev/*'] }],
  ['what begins with a name', { ...read, resources: ['arn:aws:sqs:x:1:shop-dev-*'] }],
  ['what is in something named', { ...read, resources: ['${aws_s3_bucket.it.arn}/*'] }],
])('keeps %s', (_, statement) => {
  expect(refusal(policyDocument(statement))).toBe('');
});

test('policies of keys and queues are of resources: not judged here', () => {
  const policy = policyDocument({ ...read, actions: ['kms:*'], resources: ['*'] });

  expect(refusal(policy, 'aws_kms_key')).toBe('');
});
