/** Whether somebody releases, rolls back or destroys right now. */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '../../stacks/place.ts';
import { lockKey } from '../release/lock.ts';

/** @returns who it is, as a part of a sentence; undefined while nobody is at work */
export async function lockHolder(environment: Environment): Promise<string | undefined> {
  const { region, stateBucket } = environment;
  const question = new GetObjectCommand({ Bucket: stateBucket, Key: lockKey(environment) });
  try {
    const { Body } = await new S3Client({ region }).send(question);
    return sentence((await Body?.transformToString()) ?? '{}');
  } catch (error) {
    if (/^NoSuch(Key|Bucket)$/.test((error as Error).name)) return undefined;
    throw error;
  }
}

function sentence(text: string): string {
  const { who, since, where } = JSON.parse(text) as Readonly<Record<string, string | undefined>>;
  return `${who ?? 'somebody'} is at work, since ${since ?? 'just now'} (${where ?? 'somewhere'})`;
}
