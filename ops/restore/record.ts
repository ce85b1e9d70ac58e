/** How far a restore has come: a file beside the states, written before each step. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Environment } from '../../stacks/place.ts';
import type { Doomed } from './dropping.ts';
import type { Phase } from './phases.ts';
import type { Source } from './source.ts';

export interface RestoreRecord {
  readonly phase: Phase;
  readonly source: Source;
  /** Identifiers of the database that is left, and of the one that takes its place. */
  readonly from: string;
  readonly to: string;
  /** Whether it brings back the one that was left before. */
  readonly undoes: boolean;
  /** What `dropping` deletes. */
  readonly doomed?: Doomed;
  /** ISO 8601, UTC. */
  readonly begun: string;
  /** Who did what when, oldest first. */
  readonly steps: readonly { readonly phase: Phase; readonly at: string; readonly who: string }[];
}

/** @returns undefined where nothing is restored, or there is no bucket */
export async function readRestore(environment: Environment): Promise<RestoreRecord | undefined> {
  const { stateBucket: Bucket } = environment;
  try {
    const question = new GetObjectCommand({ Bucket, Key: presentKey(environment) });
    const { Body } = await clientOf(environment).send(question);
    return JSON.parse((await Body?.transformToString()) ?? '') as RestoreRecord;
  } catch (error) {
    if (/^NoSuch(Key|Bucket)$/.test((error as Error).name)) return undefined;
    throw error;
  }
}

export function writeRestore(environment: Environment, record: RestoreRecord): Promise<void> {
  return put(environment, presentKey(environment), record);
}

/** It is over: its file is kept under the time of its beginning. */
export async function closeRestore(environment: Environment, record: RestoreRecord): Promise<void> {
  const { stateBucket: Bucket } = environment;
  await put(
    environment,
    `${folderOf(environment)}${record.begun.replaceAll(':', '-')}.json`,
    record,
  );
  const Key = presentKey(environment);
  await clientOf(environment).send(new DeleteObjectCommand({ Bucket, Key }));
}

async function put(environment: Environment, Key: string, record: RestoreRecord): Promise<void> {
  const Body = `${JSON.stringify(record, null, 2)}\n`;
  const Bucket = environment.stateBucket;
  const ContentType = 'application/json';
  await clientOf(environment).send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
}

function presentKey(environment: Environment): string {
  return `${folderOf(environment)}present.json`;
}

/** Of the one that is under way, for whoever must take it away by hand. */
export function placeOf(environment: Environment): string {
  return `s3://${environment.stateBucket}/${presentKey(environment)}`;
}

/** Not with the releases: all that lies there is read as one. */
function folderOf({ statePrefix }: Environment): string {
  return `restores/${statePrefix}/`;
}

function clientOf({ region }: Environment): S3Client {
  return new S3Client({ region });
}
