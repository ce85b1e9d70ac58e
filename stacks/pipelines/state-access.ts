/** What pipelines may do in the account's bucket of states, which holds other environments' too. */
import { arnsIn } from '../constructs/resource-patterns.ts';
import type { Statement } from '../constructs/policy-document.ts';
import type { Environment } from '../place.ts';

/** After the environment's own part of their keys; the account's are never among them. */
export const ENVIRONMENT_STACKS = ['network', 'identity', 'database', 'migration', 'service'];

/** Sees the names of all files: without it S3 says of a state not yet made that it is forbidden. */
export function readStates(environment: Environment): Statement[] {
  const bucket = bucketArn(environment);
  return [
    { actions: ['s3:ListBucket'], resources: [bucket] },
    { actions: ['s3:GetObject'], resources: states(environment) },
    {
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: arnsIn(environment, 'kms', ['key/*']),
      conditions: {
        StringEquals: { 'kms:ViaService': `s3.${environment.region}.amazonaws.com` },
        // The bucket, where one key of the bucket's own serves many files; otherwise the file.
        StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucket, `${bucket}/*`] },
      },
    },
  ];
}

/**
 * A saved plan is made once, under a name that nobody had before. That keeps the first writer's,
 * whoever it was: who applies one must know from elsewhere that it is the one that was reviewed.
 */
export function makePlans(environment: Environment): Statement[] {
  return [
    {
      actions: ['s3:PutObject'],
      resources: [plans(environment)],
      conditions: { Null: { 's3:if-none-match': 'false' } },
    },
  ];
}

/** Locks and replaces states, and keeps the records of releases; deletes nothing but locks. */
export function writeStates(environment: Environment): Statement[] {
  const locks = states(environment).map((state) => `${state}.tflock`);
  const { statePrefix } = environment;
  const releases = `${bucketArn(environment)}/releases/${statePrefix}/`;
  return [
    {
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [...states(environment), ...locks, `${releases}*`],
    },
    { actions: ['s3:DeleteObject'], resources: [...locks, `${releases}release.tflock`] },
    {
      actions: ['s3:GetObject'],
      resources: [
        plans(environment),
        // Whoever destroys looks whether a restore is under way; restores are a person's.
        `${bucketArn(environment)}/restores/${statePrefix}/*`,
        // Which image served elsewhere, for whoever promotes it.
        `${bucketArn(environment)}/releases/*.json`,
      ],
    },
  ];
}

function states(environment: Environment): string[] {
  return ENVIRONMENT_STACKS.map(
    (stack) => `${bucketArn(environment)}/${environment.statePrefix}-${stack}.tfstate`,
  );
}

function plans(environment: Environment): string {
  return `${bucketArn(environment)}/plans/${environment.statePrefix}/*`;
}

function bucketArn({ stateBucket }: Environment): string {
  return `arn:aws:s3:::${stateBucket}`;
}
