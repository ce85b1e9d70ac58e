/** The bucket of all states and its key: Terraform refuses to destroy them, so AWS is asked itself. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeleteAliasCommand,
  DescribeKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { DeleteBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Account } from '../../stacks/place.ts';
import { stateKeyAlias } from '../../stacks/store-stack.ts';
import { hasBucket } from '../bootstrap/bucket.ts';
import { keyOfAlias } from '../bootstrap/key.ts';
import type { Say } from '../deployment/progress.ts';
import { stateKeyOf } from '../running/states.ts';
import { emptyBucket } from './empty-bucket.ts';

/** In which the deletion can be taken back: the least that AWS allows. */
const DAYS = 7;

/** Files of `keepState`. */
export const KEPT_STATES = /^destroyed-.*\.tfstate$/;

/** @param folder of this machine. @returns the file there which now has the state of the bucket's own stack */
export async function keepState(account: Account, folder: string): Promise<string | undefined> {
  if (!(await hasBucket(account))) return undefined;
  const question = new GetObjectCommand({
    Bucket: account.stateBucket,
    Key: stateKeyOf(account, 'state'),
  });
  try {
    const { Body } = await new S3Client({ region: account.region }).send(question);
    const moment = new Date().toISOString().replaceAll(':', '-');
    // Another name than the bootstrap's own: that would go on with it.
    const file = join(folder, `destroyed-${moment}.tfstate`);
    await mkdir(folder, { recursive: true });
    await writeFile(file, (await Body?.transformToByteArray()) ?? '', { mode: 0o600 });
    return file;
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** All states with it, and all that they were. @returns what was done */
export async function deleteBucket(account: Account, say: Say): Promise<string> {
  if (!(await hasBucket(account))) return 'it is gone';
  const { region, stateBucket: Bucket } = account;
  const count = await emptyBucket(region, Bucket, say);
  await new S3Client({ region }).send(new DeleteBucketCommand({ Bucket }));
  return `${count} versions and the bucket deleted`;
}

/** @returns when AWS deletes it */
export async function deleteKey(account: Account): Promise<string> {
  const { region } = account;
  const AliasName = keyAlias(account);
  const KeyId = await keyOfAlias(region, AliasName);
  if (KeyId === undefined) return 'it is gone, or its deletion is scheduled';
  const client = new KMSClient({ region });
  const { KeyMetadata: key } = await client.send(new DescribeKeyCommand({ KeyId }));
  let end = key?.DeletionDate;
  if (key?.KeyState !== 'PendingDeletion') {
    const schedule = new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: DAYS });
    ({ DeletionDate: end } = await client.send(schedule));
  }
  // Last: a run that was broken off before finds the key by it.
  await client.send(new DeleteAliasCommand({ AliasName }));
  return `AWS deletes it on ${end?.toISOString().slice(0, 10) ?? 'a day it does not tell'}; until then: aws kms cancel-key-deletion --region ${region} --key-id ${KeyId}`;
}

/** `alias/<project>-state`. */
export function keyAlias(account: Account): string {
  return stateKeyAlias(account).replace(/^.*:(?=alias\/)/, '');
}
