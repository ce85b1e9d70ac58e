import { mayRole } from './may-role.ts';
import {
  answerTo,
  ACCOUNT,
  ROLE,
  BUCKET,
  OTHER_ROLE,
  onResource,
  READ,
  allow,
  by,
  DECRYPT,
  ASSUME,
  mayAll,
  nothing,
  type Case,
} from './testing/policies.ts';

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
const CASES: readonly (Case & { readonly is: string })[] = [
  {
    what: 'a key that leaves it to the account, and its own policy',
    request: DECRYPT,
    identityPolicies: [mayAll],
    resourcePolicies: [onResource(allow('kms:*', '*', by(`arn:aws:iam::${ACCOUNT}:root`)))],
    is: 'yes: identity policy',
  },
  {
    what: 'a key that leaves it to the account, and no policy of its own',
    request: DECRYPT,
    identityPolicies: [],
    resourcePolicies: [onResource(allow('kms:*', '*', by(ACCOUNT)))],
    is: 'no: no policy',
  },
  {
    what: 'a key that does not leave it to the account',
    request: DECRYPT,
    identityPolicies: [mayAll],
    resourcePolicies: [onResource(allow('kms:*', '*', by(OTHER_ROLE)))],
    is: 'no: resource policy',
  },
  {
    what: 'a key that allows the role',
    request: DECRYPT,
    identityPolicies: [],
    resourcePolicies: [onResource(allow('kms:Decrypt', '*', by(ROLE)))],
    is: 'yes: resource policy',
  },
  {
    what: 'what is done to no key in particular',
    request: { action: 'kms:ListKeys', resource: '*' },
    identityPolicies: [mayAll],
    is: 'yes: identity policy',
  },
  {
    what: "a key's alias, which has no policy",
    request: { action: 'kms:CreateAlias', resource: `arn:aws:kms:r:${ACCOUNT}:alias/one` },
    identityPolicies: [mayAll],
    is: 'yes: identity policy',
  },
  {
    what: 'a role that trusts this one',
    request: ASSUME,
    identityPolicies: [],
    resourcePolicies: [onResource({ Effect: 'Allow', Action: 'sts:AssumeRole', ...by(ROLE) })],
    is: 'yes: resource policy',
  },
  {
    what: 'a role that trusts a service only',
    request: ASSUME,
    identityPolicies: [mayAll],
    resourcePolicies: [
      onResource({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
      }),
    ],
    is: 'no: resource policy',
  },
  {
    what: "another account's secret, and nothing of its own",
    request: {
      action: 'secretsmanager:GetSecretValue',
      resource: 'arn:aws:secretsmanager:eu-central-1:999999999999:secret:one',
    },
    identityPolicies: [nothing],
    is: 'no: no policy',
  },
];

test.each(CASES)('$what: $is', ({ is, ...asked }) => {
  expect(answerTo(asked)).toBe(is);
});

test.each([
  ['a key without its policy', DECRYPT, 'which is not known here'],
  [
    'a key by its alias',
    { ...DECRYPT, resource: `arn:aws:kms:r:${ACCOUNT}:alias/one` },
    'which is not known here',
  ],
  ['a role without its trust', ASSUME, 'which is not known here'],
  [
    "another account's resource",
    { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-central-1:999999999999:q' },
    "another account's",
  ],
  ['a pattern for an action', { action: 's3:*', resource: BUCKET }, 'no action such as'],
  ['what is no ARN', { action: 's3:GetObject', resource: 'reports' }, 'no ARN'],
])('about %s there is no answer', (_, request, message) => {
  expect(() => mayRole({ roleArn: ROLE, identityPolicies: [mayAll] }, request)).toThrow(message);
});

test('what a boundary takes from a grant to everybody AWS does not say', () => {
  const resourcePolicies = [onResource(allow('s3:*', '*', { Principal: '*' }))];
  const role = { roleArn: ROLE, identityPolicies: [], resourcePolicies, boundary: nothing };

  expect(() => mayRole(role, READ)).toThrow('resource allows everybody, the boundary does not');
});
