/** One release of an environment at a time: a file beside the states that only one can make. */
import { hostname } from 'node:os';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { folderOf } from '../running/records.ts';

/** Runs what nobody else may do meanwhile. @throws Refusal when somebody is at it */
export async function withReleaseLock<Result>(
  environment: Environment,
  who: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = new S3Client({ region: environment.region });
  const file = { Bucket: environment.stateBucket, Key: lockKey(environment) };
  const since = new Date().toISOString();
  const Body = JSON.stringify({ who, since, where: `${hostname()}, process ${process.pid}` });
  await client
    .send(new PutObjectCommand({ ...file, Body, IfNoneMatch: '*' }))
    .catch(async (error: unknown) => {
      if (!isThere(error)) throw explained(error as Error, environment);
      throw new Refusal(await taken(client, file));
    });
  try {
    return await work();
  } finally {
    await client.send(new DeleteObjectCommand(file));
  }
}

export function lockKey(environment: Environment): string {
  return `${folderOf(environment)}lock`;
}

/** 409: somebody makes it in this very moment. */
function isThere(error: unknown): boolean {
  return ['PreconditionFailed', 'ConditionalRequestConflict'].includes((error as Error).name);
}

function explained(error: Error, { name, stateBucket }: Environment): Error {
  if (error.name !== 'NoSuchBucket') return error;
  return new Refusal(`there is no bucket ${stateBucket} yet: npm run bootstrap -- ${name}`);
}

async function taken(
  client: S3Client,
  file: { readonly Bucket: string; readonly Key: string },
): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand(file)).catch(() => ({ Body: undefined }));
  const { who, since, where } = JSON.parse((await Body?.transformToString()) ?? '{}') as Record<
    string,
    string
  >;
  return `another release is at work: ${who ?? 'somebody'} (${where ?? 'somewhere'}), since ${since ?? 'just now'}. Wait for its end. Nobody is at work when it was killed: then free its lock,
  aws s3 rm s3://${file.Bucket}/${file.Key}`;
}
