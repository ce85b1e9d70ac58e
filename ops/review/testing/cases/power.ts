import type { Case } from '../case.ts';
import { allow, policy } from './arguments.ts';

const READ = allow(['s3:GetObject', 's3:ListBucket'], '*');
const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const FROM_US = { StringEquals: { 'sts:ExternalId': 'store' } };
const BOUNDARY = 'arn:aws:iam::111111111111:policy/boundary';

export const POWER: readonly Case[] = [
  {
    rule: 'more-allowed',
    name: 'all of iam',
    fires: true,
    type: 'aws_iam_role_policy',
    before: rolePolicy(READ),
    after: rolePolicy(READ, allow('iam:*', '*')),
  },
  {
    rule: 'more-allowed',
    name: 'without the condition',
    fires: true,
    type: 'aws_iam_role_policy',
    before: rolePolicy({ ...READ, Condition: MFA }),
    after: rolePolicy(READ),
  },
  {
    rule: 'more-allowed',
    name: 'all but a little',
    fires: true,
    type: 'aws_iam_policy',
    after: { name: 'most', policy: policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }) },
  },
  {
    rule: 'more-allowed',
    name: 'the same in two statements',
    fires: false,
    type: 'aws_iam_role_policy',
    before: rolePolicy(READ),
    after: rolePolicy(allow('s3:ListBucket', '*'), allow('s3:getobject', '*')),
  },
  {
    rule: 'more-allowed',
    name: 'less',
    fires: false,
    type: 'aws_iam_role_policy',
    before: rolePolicy(allow('s3:*', '*')),
    after: rolePolicy(READ),
  },
  {
    rule: 'denial-gone',
    name: 'of deletion',
    fires: true,
    type: 'aws_iam_role_policy',
    before: rolePolicy(READ, { ...allow('s3:Delete*', '*'), Effect: 'Deny' }),
    after: rolePolicy(READ),
  },
  {
    rule: 'denial-gone',
    name: 'replaced by a wider one',
    fires: false,
    type: 'aws_iam_role_policy',
    before: rolePolicy(READ, { ...allow('s3:Delete*', '*'), Effect: 'Deny' }),
    after: rolePolicy(READ, { ...allow('s3:*', '*'), Effect: 'Deny' }),
  },
  {
    rule: 'policy-attached',
    name: 'for administrators',
    fires: true,
    type: 'aws_iam_role_policy_attachment',
    after: { role: 'task', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  },
  {
    rule: 'policy-attached',
    name: 'no longer',
    fires: false,
    type: 'aws_iam_role_policy_attachment',
    before: { role: 'task', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  },
  {
    rule: 'boundary-changed',
    name: 'none any more',
    fires: true,
    type: 'aws_iam_role',
    before: role({ permissions_boundary: BOUNDARY }),
    after: role({}),
  },
  {
    rule: 'boundary-changed',
    name: 'one for the first time',
    fires: false,
    type: 'aws_iam_role',
    before: role({}),
    after: role({ permissions_boundary: BOUNDARY }),
  },
  {
    rule: 'session-longer',
    name: 'half a day',
    fires: true,
    type: 'aws_iam_role',
    before: role({ max_session_duration: 3600 }),
    after: role({ max_session_duration: 43_200 }),
  },
  {
    rule: 'session-longer',
    name: 'shorter',
    fires: false,
    type: 'aws_iam_role',
    before: role({ max_session_duration: 43_200 }),
    after: role({ max_session_duration: 3600 }),
  },
  {
    rule: 'trust-changed',
    name: 'another account',
    fires: true,
    type: 'aws_iam_role',
    before: role({}),
    after: role({}, { AWS: 'arn:aws:iam::222222222222:root' }),
  },
  {
    rule: 'trust-changed',
    name: 'without the condition',
    fires: true,
    type: 'aws_iam_role',
    before: role({}, { AWS: 'arn:aws:iam::222222222222:root' }, FROM_US),
    after: role({}, { AWS: 'arn:aws:iam::222222222222:root' }),
  },
  {
    rule: 'trust-changed',
    name: 'a new role for tasks',
    fires: false,
    type: 'aws_iam_role',
    after: role({}),
  },
  {
    rule: 'let-in',
    name: 'another account to a key',
    fires: true,
    type: 'aws_kms_key',
    before: { policy: policy(allow('kms:*', '*', { Principal: { AWS: '111111111111' } })) },
    after: {
      policy: policy(
        allow('kms:*', '*', { Principal: { AWS: '111111111111' } }),
        allow('kms:Decrypt', '*', { Principal: { AWS: 'arn:aws:iam::222222222222:role/reader' } }),
      ),
    },
  },
  {
    rule: 'let-in',
    name: 'a new key of its account',
    fires: false,
    type: 'aws_kms_key',
    after: { policy: policy(allow('kms:*', '*', { Principal: { AWS: '111111111111' } })) },
  },
  {
    rule: 'identity-made',
    name: 'a key for a user',
    fires: true,
    type: 'aws_iam_access_key',
    after: { user: 'ada' },
  },
  {
    rule: 'identity-made',
    name: 'no longer',
    fires: false,
    type: 'aws_iam_access_key',
    before: { user: 'ada' },
  },
  {
    rule: 'role-worn',
    name: 'by a machine',
    fires: true,
    type: 'aws_iam_instance_profile',
    before: { name: 'machine', role: 'reader' },
    after: { name: 'machine', role: 'administrator' },
  },
  {
    rule: 'role-worn',
    name: 'the same under another tag',
    fires: false,
    type: 'aws_iam_instance_profile',
    before: { name: 'machine', role: 'reader' },
    after: { name: 'machine', role: 'reader', tags: { Team: 'shop' } },
  },
];

function rolePolicy(...statements: readonly object[]): Readonly<Record<string, unknown>> {
  return { name: 'task', role: 'task', policy: policy(...statements) };
}

function role(
  given: object,
  principal: object = { Service: 'ecs-tasks.amazonaws.com' },
  condition?: object,
): Readonly<Record<string, unknown>> {
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal };
  const conditioned = { ...statement, ...(condition && { Condition: condition }) };
  return { name: 'task', assume_role_policy: policy(conditioned), ...given };
}
