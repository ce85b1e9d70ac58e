/** Locks of states, and of releases. */
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '../../stacks/place.ts';

/** @throws Error when the account has one that nobody has taken away */
export async function refuseLocks({ region, stateBucket }: Environment): Promise<void> {
  const question = new ListObjectsV2Command({ Bucket: stateBucket });
  const { Contents = [] } = await new S3Client({ region }).send(question);
  const locks = Contents.flatMap(({ Key = '' }) => (Key.endsWith('.tflock') ? [Key] : []));
  if (locks.length > 0) throw new Error(`locks are left: ${locks.join(', ')}`);
}
