/** Empties a bucket with all that it remembers: AWS deletes no bucket that holds anything. */
import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  S3Client,
} from '@aws-sdk/client-s3';
import { Refusal } from '../deployment/refusal.ts';
import type { Say } from '../deployment/progress.ts';

/** @returns how many versions and marks of deletion were in it; 0 too where there is no bucket */
export async function emptyBucket(region: string, bucket: string, say: Say): Promise<number> {
  const client = new S3Client({ region });
  let count = 0;
  for (;;) {
    const page = await firstPage(client, bucket);
    if (page.length === 0) return count;
    await deleteAll(client, bucket, page);
    count += page.length;
    say(`${count} versions deleted`);
  }
}

/** Always the first one: what it had is gone the next time. */
async function firstPage(client: S3Client, Bucket: string): Promise<ObjectIdentifier[]> {
  try {
    const { Versions = [], DeleteMarkers = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket }),
    );
    return [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  } catch (error) {
    if ((error as Error).name === 'NoSuchBucket') return [];
    throw error;
  }
}

async function deleteAll(
  client: S3Client,
  Bucket: string,
  Objects: ObjectIdentifier[],
): Promise<void> {
  const { Errors = [] } = await client.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
  );
  const [first] = Errors;
  if (first === undefined) return;
  throw new Refusal(
    `S3 does not delete ${first.Key ?? ''} in ${Bucket}: ${first.Message ?? first.Code ?? ''}`,
  );
}
