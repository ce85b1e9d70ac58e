import type { Case } from '../case.ts';
import { allow, policy } from './arguments.ts';

const BUCKET = { bucket: 'store-images' };
const BLOCK = {
  ...BUCKET,
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const READ = allow('s3:GetObject', 'arn:aws:s3:::store-images/*', { Principal: '*' });
const WITHIN = { StringEquals: { 'aws:PrincipalOrgID': 'o-store' } };
const CALL = { function_name: 'mail', action: 'lambda:InvokeFunction' };

export const PUBLIC_ACCESS: readonly Case[] = [
  {
    rule: 'policy-for-everybody',
    name: 'a bucket',
    fires: true,
    type: 'aws_s3_bucket_policy',
    before: { ...BUCKET, policy: policy({ ...READ, Condition: WITHIN }) },
    after: { ...BUCKET, policy: policy(READ) },
  },
  {
    rule: 'policy-for-everybody',
    name: 'a role',
    fires: true,
    type: 'aws_iam_role',
    after: {
      name: 'open',
      assume_role_policy: policy({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: '*' },
      }),
    },
  },
  {
    rule: 'policy-for-everybody',
    name: 'only the organization',
    fires: false,
    type: 'aws_s3_bucket_policy',
    after: { ...BUCKET, policy: policy({ ...READ, Condition: WITHIN }) },
  },
  {
    rule: 'policy-for-everybody',
    name: 'a denial for everybody',
    fires: false,
    type: 'aws_s3_bucket_policy',
    after: { ...BUCKET, policy: policy({ ...READ, Effect: 'Deny' }) },
  },
  {
    rule: 'function-for-everybody',
    name: 'without a source',
    fires: true,
    type: 'aws_lambda_permission',
    after: { ...CALL, principal: '*' },
  },
  {
    rule: 'function-for-everybody',
    name: 'a service',
    fires: false,
    type: 'aws_lambda_permission',
    after: { ...CALL, principal: 's3.amazonaws.com' },
  },
  {
    rule: 'public-block-off',
    name: 'policies',
    fires: true,
    type: 'aws_s3_bucket_public_access_block',
    before: BLOCK,
    after: { ...BLOCK, block_public_policy: false },
  },
  {
    rule: 'public-block-off',
    name: 'on again',
    fires: false,
    type: 'aws_s3_bucket_public_access_block',
    before: { ...BLOCK, block_public_policy: false },
    after: BLOCK,
  },
  {
    rule: 'public-block-gone',
    name: 'of a bucket',
    fires: true,
    type: 'aws_s3_bucket_public_access_block',
    before: BLOCK,
  },
  {
    rule: 'public-block-gone',
    name: 'made',
    fires: false,
    type: 'aws_s3_bucket_public_access_block',
    after: BLOCK,
  },
  {
    rule: 'bucket-opened',
    name: 'to read',
    fires: true,
    type: 'aws_s3_bucket_acl',
    before: { ...BUCKET, acl: 'private' },
    after: { ...BUCKET, acl: 'public-read' },
  },
  {
    rule: 'bucket-opened',
    name: 'no longer',
    fires: false,
    type: 'aws_s3_bucket_acl',
    before: { ...BUCKET, acl: 'public-read' },
    after: { ...BUCKET, acl: 'private' },
  },
  {
    rule: 'no-login',
    name: 'a function',
    fires: true,
    type: 'aws_lambda_function_url',
    after: { function_name: 'mail', authorization_type: 'NONE' },
  },
  {
    rule: 'no-login',
    name: 'a function with one',
    fires: false,
    type: 'aws_lambda_function_url',
    after: { function_name: 'mail', authorization_type: 'AWS_IAM' },
  },
  {
    rule: 'sign-up-opened',
    name: 'for everybody',
    fires: true,
    type: 'aws_cognito_user_pool',
    before: pool(true),
    after: pool(false),
  },
  {
    rule: 'sign-up-opened',
    name: 'no longer',
    fires: false,
    type: 'aws_cognito_user_pool',
    before: pool(false),
    after: pool(true),
  },
  {
    rule: 'copy-shared',
    name: 'with another account',
    fires: true,
    type: 'aws_db_snapshot',
    before: snapshot([]),
    after: snapshot(['222222222222']),
  },
  {
    rule: 'copy-shared',
    name: 'no longer',
    fires: false,
    type: 'aws_db_snapshot',
    before: snapshot(['222222222222']),
    after: snapshot([]),
  },
  {
    rule: 'published',
    name: 'as a website',
    fires: true,
    type: 'aws_s3_bucket_website_configuration',
    after: { ...BUCKET, index_document: [{ suffix: 'index.html' }] },
  },
  {
    rule: 'published',
    name: 'no longer',
    fires: false,
    type: 'aws_s3_bucket_website_configuration',
    before: { ...BUCKET, index_document: [{ suffix: 'index.html' }] },
  },
];

function pool(isClosed: boolean): Readonly<Record<string, unknown>> {
  const config = [{ allow_admin_create_user_only: isClosed }];
  return { name: 'people', admin_create_user_config: config };
}

function snapshot(accounts: readonly string[]): Readonly<Record<string, unknown>> {
  const names = { db_instance_identifier: 'store', db_snapshot_identifier: 'copy' };
  return { ...names, shared_accounts: accounts };
}
