/** The emulated IAM and our evaluator read the same documentation: where both know it, they agree. */
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { ACCOUNT, clientSettings, REGION } from '../emulator/testing/both.ts';
import { outcome } from '../emulator/testing/people.ts';
import { mayRole } from './evaluator/may-role.ts';
import { readPolicy } from './evaluator/policy.ts';
import { BUCKET, CALLS, parameter } from './testing/calls.ts';
import { documentOf, emulatedRole, type Statement } from './testing/emulated-role.ts';

let emulator: Emulator;
let secretArn = '';

beforeAll(async () => {
  emulator = await startEmulator({ accountId: ACCOUNT, region: REGION, authenticated: true });
  const root = clientSettings(emulator);
  const [ssm, s3] = [new SSMClient(root), new S3Client({ ...root, forcePathStyle: true })];
  const secrets = new SecretsManagerClient(root);
  await s3.send(new CreateBucketCommand({ Bucket: 'reports' }));
  await s3.send(new PutObjectCommand({ Bucket: 'reports', Key: 'ours/a', Body: 'a' }));
  await ssm.send(new PutParameterCommand({ Name: '/ours/a', Value: 'a', Type: 'String' }));
  const made = await secrets.send(new CreateSecretCommand({ Name: 'ours', SecretString: 'a' }));
  secretArn = made.ARN ?? '';
});

afterAll(() => emulator.stop());

interface Case {
  readonly what: string;
  readonly own: readonly Statement[];
  /** The role's boundary. */
  readonly limit?: readonly Statement[];
}

const all = { Action: '*' };
const ofSecret = (end: string) => ({
  Action: 'secretsmanager:*',
  Resource: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:ours${end}`,
});
const ifPrefix = (operator: string, prefix: string) => ({
  Action: 's3:ListBucket',
  Condition: { [operator]: { 's3:prefix': prefix } },
});
const allIf = (operator: string, key: string, value: string) => ({
  ...all,
  Condition: { [operator]: { [key]: value } },
});
const UNKNOWN = 'aws:PrincipalTag/team';

const CASES: readonly Case[] = [
  { what: 'one action', own: [{ Action: 'ssm:GetParameter', Resource: parameter('ours/*') }] },
  { what: 'an action in another case', own: [{ Action: 'SSM:getparameter' }] },
  { what: 'wildcards in actions', own: [{ Action: ['s3:Get*', 'secretsmanager:?etSecretValue'] }] },
  { what: 'another resource', own: [{ Action: 'ssm:*', Resource: parameter('theirs/*') }] },
  { what: 'a name in another case', own: [{ Action: 's3:*', Resource: `${BUCKET}/Ours/*` }] },
  { what: 'a bucket without its objects', own: [{ Action: 's3:*', Resource: BUCKET }] },
  { what: 'objects without their bucket', own: [{ Action: 's3:*', Resource: `${BUCKET}/ours/*` }] },
  { what: 'a secret and six more', own: [ofSecret('-??????')] },
  { what: 'a secret and five more', own: [ofSecret('-?????')] },
  { what: 'a denial beside all', own: [all, { Effect: 'Deny', Action: 's3:PutObject' }] },
  { what: 'a denial of all but one', own: [all, { Effect: 'Deny', NotAction: 'ssm:*' }] },
  { what: 'all but some resources', own: [{ Action: '*', NotResource: `${BUCKET}/*` }] },
  { what: 'a prefix that holds', own: [ifPrefix('StringLike', 'ours/*')] },
  { what: 'a prefix that does not', own: [ifPrefix('StringEquals', 'theirs/')] },
  { what: 'a region that holds', own: [allIf('StringEquals', 'aws:RequestedRegion', REGION)] },
  { what: 'a region that does not', own: [allIf('StringNotLike', 'aws:RequestedRegion', 'eu-*')] },
  { what: 'a key that is not there', own: [allIf('StringEquals', UNKNOWN, 'a')] },
  { what: 'the negation of it', own: [allIf('StringNotEquals', UNKNOWN, 'a')] },
  { what: 'if it exists', own: [allIf('StringEqualsIfExists', UNKNOWN, 'a')] },
  { what: 'its absence', own: [allIf('Null', UNKNOWN, 'true')] },
  { what: 'a boundary around it', own: [all], limit: [{ Action: ['ssm:*', 's3:GetObject'] }] },
  { what: 'a boundary elsewhere', own: [{ Action: 'ssm:*' }], limit: [{ Action: 's3:*' }] },
  {
    what: 'a denial in the boundary',
    own: [all],
    limit: [all, { Effect: 'Deny', Action: 'ssm:Put*' }],
  },
];

test.each(CASES)('$what', async ({ own, limit }) => {
  const settings = await emulatedRole(emulator, own, limit);
  const policies = {
    roleArn: settings.roleArn,
    identityPolicies: [readPolicy('own', documentOf(own), 'identity')],
    boundary: limit && readPolicy('boundary', documentOf(limit), 'identity'),
  };

  const emulated: Record<string, string> = {};
  const evaluated: Record<string, string> = {};
  for (const [name, { request, send }] of Object.entries(CALLS)) {
    const { context = {}, ...asked } = request(secretArn);
    const known = { 'aws:RequestedRegion': REGION, ...context };
    emulated[name] = await outcome(send(settings));
    const { allowed } = mayRole(policies, { ...asked, context: known });
    evaluated[name] = allowed ? 'allowed' : 'denied';
  }

  expect(evaluated).toEqual(emulated);
});
