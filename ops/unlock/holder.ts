/** Who holds a lock, as the file says that makes it. */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Refusal } from '../deployment/refusal.ts';
import type { Lock } from './locks.ts';

export interface Holder {
  /** Of this one lock, and of no later one. */
  readonly id: string;
  readonly who: string;
  /** `apply`, `release`. */
  readonly operation: string;
  readonly since: Date;
  /** What else its file says, for people. */
  readonly more: readonly string[];
  /** S3's name of this very content. */
  readonly etag: string;
}

/** @returns undefined while nobody holds it. @throws Refusal when there is no bucket */
export async function holderOf({ key, place, kind }: Lock): Promise<Holder | undefined> {
  const { region, stateBucket: Bucket, accountId: ExpectedBucketOwner } = place;
  const question = new GetObjectCommand({ Bucket, Key: key, ExpectedBucketOwner });
  try {
    const answer = await new S3Client({ region }).send(question);
    const text = (await answer.Body?.transformToString()) ?? '';
    const { ETag = '', LastModified = new Date(0) } = answer;
    return readLockFile(text, { kind, etag: ETag, written: LastModified });
  } catch (error) {
    const { name } = error as Error;
    if (name === 'NoSuchKey') return undefined;
    if (name !== 'NoSuchBucket') throw error;
    throw new Refusal(
      `there is no bucket ${Bucket} in this account, so nothing is locked; npm run bootstrap makes it`,
      { cause: error },
    );
  }
}

interface Stored {
  readonly kind: Lock['kind'];
  readonly etag: string;
  /** By S3's clock, which is nearer to ours than the holder's may be. */
  readonly written: Date;
}

/** A file that says nothing is a lock all the same. */
export function readLockFile(text: string, { kind, etag, written }: Stored): Holder {
  const said = kind === 'state' ? saidByTerraform(parsed(text)) : saidByRelease(parsed(text));
  return { ...said, more: said.more.filter((each) => each !== ''), since: written, etag };
}

type LockFile = Readonly<Record<string, string | undefined>>;

/** `statemgr.LockInfo` of Terraform. */
function saidByTerraform({ ID, Who, Operation = '', Version, Info = '' }: LockFile) {
  return {
    id: ID ?? 'unknown',
    who: Who ?? 'somebody',
    operation: Operation.replace(/^OperationType/, '').toLowerCase(),
    more: [Version ? `Terraform ${Version}` : '', Info],
  };
}

/** As release/lock.ts writes it. */
function saidByRelease({ id, who, where }: LockFile) {
  return {
    id: id ?? 'unknown',
    who: who ?? 'somebody',
    operation: 'release, rollback or destroy',
    more: [where ? `on ${where}` : ''],
  };
}

function parsed(text: string): LockFile {
  try {
    const file: unknown = JSON.parse(text);
    return typeof file === 'object' && file !== null ? (file as LockFile) : {};
  } catch {
    return {};
  }
}
