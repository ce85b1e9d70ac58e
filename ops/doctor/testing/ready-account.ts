/** An account of the emulated AWS as the bootstrap leaves it, in parts. */
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { CreatePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { PROJECT } from '../../../contract.ts';
import { policyDocument } from '../../../stacks/constructs/policy-document.ts';
import { ISSUER, type Pipeline, trustOf } from '../../../stacks/pipelines/subjects.ts';
import type { Account, Environment } from '../../../stacks/place.ts';
import { stateKeyAlias } from '../../../stacks/store-stack.ts';

interface EmulatedAccount {
  readonly account: Account;
  readonly environment: Environment;
}

export async function makeBucket({ account: { region, stateBucket: Bucket } }: EmulatedAccount) {
  const s3 = new S3Client({ region });
  await s3.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
}

export async function put(
  { account }: EmulatedAccount,
  Key: string,
  content: object,
): Promise<void> {
  const { region, stateBucket: Bucket } = account;
  const Body = JSON.stringify(content);
  await new S3Client({ region }).send(new PutObjectCommand({ Bucket, Key, Body }));
}

const ANYTHING = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

/** As the bootstrap leaves it. */
export async function makeReady(ready: EmulatedAccount): Promise<void> {
  const { environment, account } = ready;
  const { region, stateBucket: Bucket } = environment;
  await makeBucket(ready);
  const kms = new KMSClient({ region });
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const AliasName = stateKeyAlias(account).split(':').at(-1);
  await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyMetadata?.KeyId }));
  await closeBucket(Bucket, KeyMetadata?.Arn ?? '');
  await put(ready, `${PROJECT}-state.tfstate`, {});
  await new ECRClient({ region }).send(new CreateRepositoryCommand({ repositoryName: PROJECT }));

  const iam = new IAMClient({ region });
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [ANYTHING] });
  const boundary = { PolicyName: `${environment.prefix}-boundary`, Path: `/${PROJECT}/dev/` };
  await iam.send(new CreatePolicyCommand({ ...boundary, PolicyDocument }));
  for (const pipeline of ['plan', 'apply'] as const) {
    const AssumeRolePolicyDocument = trustDocument(environment, pipeline);
    const RoleName = `${environment.prefix}-${pipeline}`;
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  }
}

export function trustDocument(environment: Environment, pipeline: Pipeline): string {
  const provider = `oidc-provider/${ISSUER}`;
  return policyDocument({
    principals: { Federated: `arn:aws:iam::${environment.accountId}:${provider}` },
    actions: ['sts:AssumeRoleWithWebIdentity'],
    conditions: { StringEquals: trustOf(environment, pipeline) },
  });
}

async function closeBucket(Bucket: string, KMSMasterKeyID: string): Promise<void> {
  const s3 = new S3Client({});
  const encryption = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } as const;
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: encryption }],
      },
    }),
  );
  const all = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true };
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: { ...all, RestrictPublicBuckets: true },
    }),
  );
  const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
  const Statement = [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition }];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}
