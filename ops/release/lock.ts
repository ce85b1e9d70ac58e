/** One release of an environment at a time: a file beside the states that only one can make. */
import { randomUUID } from 'node:crypto';
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

interface Holder {
  /** Of this one lock: a request that is sent twice must not meet itself. */
  readonly id?: string;
  readonly who?: string;
  readonly since?: string;
  readonly where?: string;
}

interface LockFile {
  readonly client: S3Client;
  readonly file: { readonly Bucket: string; readonly Key: string };
}

/** Runs what nobody else may do meanwhile. @throws Refusal when somebody is at it */
export async function withReleaseLock<Result>(
  environment: Environment,
  who: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const file = { Bucket: environment.stateBucket, Key: lockKey(environment) };
  const lock = { client: new S3Client({ region: environment.region }), file };
  const where = `${hostname()}, process ${process.pid}`;
  const mine: Holder = { id: randomUUID(), who, since: new Date().toISOString(), where };
  await take(lock, mine, environment);
  try {
    return await work();
  } finally {
    await free(lock, mine).catch((error: unknown) => {
      console.error(
        `the release's lock is left (${String(error)}); free it: ${freeing(environment)}`,
      );
    });
  }
}

/** It ends as Terraform's locks do: pipelines may delete these, and nothing else in the bucket. */
export function lockKey(environment: Environment): string {
  return `${folderOf(environment)}release.tflock`;
}

async function take(lock: LockFile, mine: Holder, environment: Environment) {
  const { name, stateBucket } = environment;
  const Body = JSON.stringify(mine);
  try {
    await lock.client.send(new PutObjectCommand({ ...lock.file, Body, IfNoneMatch: '*' }));
  } catch (error) {
    const { name: kind } = error as Error;
    if (kind === 'NoSuchBucket') {
      throw new Refusal(`there is no bucket ${stateBucket} yet: npm run bootstrap -- ${name}`);
    }
    // 409: somebody makes it in this very moment.
    if (!['PreconditionFailed', 'ConditionalRequestConflict'].includes(kind)) throw error;
    const holder = await holderOf(lock);
    if (holder.id !== mine.id) throw new Refusal(taken(holder, environment));
  }
}

/** Somebody may have freed it by hand meanwhile, and another release may hold it now. */
async function free(lock: LockFile, mine: Holder): Promise<void> {
  const { id } = await holderOf(lock);
  if (id === mine.id) await lock.client.send(new DeleteObjectCommand(lock.file));
}

async function holderOf({ client, file }: LockFile): Promise<Holder> {
  try {
    const { Body } = await client.send(new GetObjectCommand(file));
    return JSON.parse((await Body?.transformToString()) ?? '{}') as Holder;
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return {};
    throw error;
  }
}

function taken({ who, since, where }: Holder, environment: Environment): string {
  return `another release is at work: ${who ?? 'somebody'} (${where ?? 'somewhere'}), since ${since ?? 'just now'}. Wait for its end. Nobody is at work when it was killed: then free its lock,
  ${freeing(environment)}`;
}

function freeing({ label }: Environment): string {
  return `npm run unlock -- ${label}-release`;
}
