/** The bucket of all states, and what is in it. */
import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { PROJECT } from '../../../contract.ts';
import type { Environment } from '../../../stacks/place.ts';
import { ALL, READERS, type ForbiddenCall, type Settings } from './call.ts';

export function ofStates({ stateBucket: Bucket, statePrefix }: Environment): ForbiddenCall[] {
  const bucket = `arn:aws:s3:::${Bucket}`;
  const own = `${statePrefix}-network.tfstate`;
  const record = `releases/${statePrefix}/1.json`;
  const registry = `${PROJECT}-registry.tfstate`;
  const remove = (Key: string) => ({
    action: 's3:DeleteObject',
    resource: `${bucket}/${Key}`,
    ask: (settings: Settings) => s3(settings).send(new DeleteObjectCommand({ Bucket, Key })),
  });
  const write = (Key: string) => ({
    action: 's3:PutObject',
    resource: `${bucket}/${Key}`,
    ask: (settings: Settings) =>
      s3(settings).send(new PutObjectCommand({ Bucket, Key, Body: '{}' })),
  });
  return [
    { roles: ALL, ...remove(own) },
    { roles: ALL, ...remove(registry) },
    { roles: ['apply'], ...remove(record) },
    { roles: READERS, ...write(own) },
    { roles: ALL, ...write(registry) },
    {
      roles: ALL,
      action: 's3:DeleteBucket',
      resource: bucket,
      ask: (settings) => s3(settings).send(new DeleteBucketCommand({ Bucket })),
    },
    {
      roles: ALL,
      action: 's3:PutBucketPolicy',
      resource: bucket,
      ask: (settings) => s3(settings).send(new PutBucketPolicyCommand({ Bucket, Policy: '{}' })),
    },
    {
      roles: ALL,
      action: 's3:PutBucketVersioning',
      resource: bucket,
      ask: (settings) =>
        s3(settings).send(
          new PutBucketVersioningCommand({
            Bucket,
            VersioningConfiguration: { Status: 'Suspended' },
          }),
        ),
    },
  ];
}

function s3(settings: Settings): S3Client {
  return new S3Client(settings);
}
