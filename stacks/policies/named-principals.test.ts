import { CloudwatchLogResourcePolicy } from '@cdktf/provider-aws/lib/cloudwatch-log-resource-policy/index.js';
import { EcrRepositoryPolicy } from '@cdktf/provider-aws/lib/ecr-repository-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission/index.js';
import { OpensearchDomain } from '@cdktf/provider-aws/lib/opensearch-domain/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { SecretsmanagerSecretPolicy } from '@cdktf/provider-aws/lib/secretsmanager-secret-policy/index.js';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy/index.js';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy/index.js';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
import { Fn, Op, type TerraformStack } from 'cdktf';
import { policyDocument, type Statement } from '../constructs/policy-document.ts';
import { refusalOf } from '../testing/refusal.ts';
import { namedPrincipals } from './named-principals.ts';

type Build = (stack: TerraformStack, policy: string) => unknown;

const resources: readonly (readonly [type: string, argument: string, build: Build])[] = [
  [
    'aws_s3_bucket_policy',
    'policy',
    (stack, policy) => new S3BucketPolicy(stack, 'it', { bucket: 'x', policy }),
  ],
  [
    'aws_sqs_queue_policy',
    'policy',
    (stack, policy) => new SqsQueuePolicy(stack, 'it', { queueUrl: 'x', policy }),
  ],
  [
    'aws_sns_topic_policy',
    'policy',
    (stack, policy) => new SnsTopicPolicy(stack, 'it', { arn: 'x', policy }),
  ],
  [
    'aws_ecr_repository_policy',
    'policy',
    (stack, policy) => new EcrRepositoryPolicy(stack, 'it', { repository: 'x', policy }),
  ],
  ['aws_kms_key', 'policy', (stack, policy) => new KmsKey(stack, 'it', { policy })],
  [
    'aws_secretsmanager_secret_policy',
    'policy',
    (stack, policy) => new SecretsmanagerSecretPolicy(stack, 'it', { secretArn: 'x', policy }),
  ],
  [
    'aws_iam_role',
    'assume_role_policy',
    (stack, policy) => new IamRole(stack, 'it', { assumeRolePolicy: policy }),
  ],
];

const everybody: Statement = { principals: '*', actions: ['x:*'], resources: ['*'] };
const account: Statement = { ...everybody, principals: { AWS: 'arn:aws:iam::123456789012:root' } };

test.each(resources)('an %s that lets everybody in is refused', (type, argument, build) => {
  const refusal = refusalOf(namedPrincipals, (stack) => build(stack, policyDocument(everybody)));

  expect(refusal).toContain(`[stack/it] the ${argument} of ${type} lets everybody in: name `);
});

test.each(resources)('an %s that names whom it lets in is kept', (_type, _argument, build) => {
  const policy = policyDocument(account, { ...everybody, effect: 'Deny' });

  expect(refusalOf(namedPrincipals, (stack) => build(stack, policy))).toBe('');
});

test.each<readonly [string, Statement]>([
  ['as an AWS principal', { ...everybody, principals: { AWS: '*' } }],
  ['among others', { ...everybody, principals: { AWS: ['arn:aws:iam::123456789012:root', '*'] } }],
  [
    'under a condition',
    { ...everybody, conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
  ],
])('everybody is refused %s too', (_, statement) => {
  const policy = policyDocument(account, statement);

  const refusal = refusalOf(namedPrincipals, (stack) => new KmsKey(stack, 'it', { policy }));

  expect(refusal).toContain('lets everybody in');
});

test('everybody but somebody is everybody', () => {
  const statement = { Effect: 'Allow', NotPrincipal: { AWS: 'x' }, Action: 'kms:*', Resource: '*' };
  const policy = JSON.stringify({ Statement: statement });

  const refusal = refusalOf(namedPrincipals, (stack) => new KmsKey(stack, 'it', { policy }));

  expect(refusal).toContain('lets everybody in');
});

test('references inside a policy do not hide what is beside them', () => {
  const refusal = refusalOf(namedPrincipals, (stack) => {
    const key = new KmsKey(stack, 'key', {});
    const arn = Fn.conditional(Op.eq(key.keyId, 'a "b"'), `${key.arn}/x`, 'none') as string;
    const policy = policyDocument({ ...everybody, resources: [arn] });
    new SqsQueuePolicy(stack, 'it', { queueUrl: 'x', policy });
  });

  expect(refusal).toContain('[stack/it] the policy of aws_sqs_queue_policy lets everybody in');
});

test.each<readonly [type: string, argument: string, build: Build]>([
  ...resources,
  [
    'aws_cloudwatch_log_resource_policy',
    'policy_document',
    (stack, policy) =>
      new CloudwatchLogResourcePolicy(stack, 'it', { policyName: 'x', policyDocument: policy }),
  ],
  [
    'aws_opensearch_domain',
    'access_policies',
    (stack, accessPolicies) =>
      new OpensearchDomain(stack, 'it', { domainName: 'x', accessPolicies }),
  ],
])('an %s whose policy only Terraform knows is refused', (type, argument, build) => {
  const refusal = refusalOf(namedPrincipals, (stack) => {
    const key = new KmsKey(stack, 'key', { policy: policyDocument(account) });
    build(stack, key.policy);
  });

  expect(refusal).toContain(
    `[stack/it] the ${argument} of ${type} is known to Terraform only: write it with policyDocument()`,
  );
});

test.each([
  ['*', 'lets everybody in'],
  ['events.amazonaws.com', ''],
])('a permission for %s', (principal, expected) => {
  const permission = { action: 'lambda:InvokeFunction', functionName: 'x', principal };

  const refusal = refusalOf(
    namedPrincipals,
    (stack) => new LambdaPermission(stack, 'it', permission),
  );

  expect(refusal === '').toBe(expected === '');
  expect(refusal).toContain(expected);
});

test('an endpoint inside the VPC may let everybody in who is there', () => {
  const refusal = refusalOf(namedPrincipals, (stack) => {
    new VpcEndpoint(stack, 'it', { vpcId: 'x', policy: policyDocument(everybody) });
  });

  expect(refusal).toBe('');
});
