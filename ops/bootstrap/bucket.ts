/** The bucket of all states: is it there, and is the bootstrap's own state in it? */
import { HeadBucketCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Account } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';

/** @throws Refusal when the name belongs to somebody else */
export async function hasBucket({ stateBucket, accountId, region }: Account): Promise<boolean> {
  const question = new HeadBucketCommand({ Bucket: stateBucket, ExpectedBucketOwner: accountId });
  const status = await statusOf(new S3Client({ region }).send(question));
  if (status === 403) {
    throw new Refusal(
      `the bucket name ${stateBucket} is another account's, or you may not see it: ${OTHER_NAME}`,
    );
  }
  if (status === 301) {
    throw new Refusal(
      `the bucket ${stateBucket} is in another region than ${region}: ${OTHER_NAME}`,
    );
  }
  return status === 200;
}

const OTHER_NAME =
  'choose another one with STORE_STATE_BUCKET=<name>, set for this and every later command, of all who deploy';

/** @param key of the object that holds the state */
export async function hasState(account: Account, key: string): Promise<boolean> {
  if (!(await hasBucket(account))) return false;
  const { stateBucket: Bucket, accountId: ExpectedBucketOwner, region } = account;
  const question = new HeadObjectCommand({ Bucket, Key: key, ExpectedBucketOwner });
  return (await statusOf(new S3Client({ region }).send(question))) === 200;
}

/** HTTP's status: answers to HEAD have no body that could say more. */
async function statusOf(answer: Promise<unknown>): Promise<number> {
  try {
    await answer;
    return 200;
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === undefined || ![301, 403, 404].includes(status)) throw error;
    return status;
  }
}
