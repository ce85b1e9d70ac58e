/** Locks of states, and of releases. */
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '../../stacks/place.ts';

/**
 * @param others that somebody else holds meanwhile, by their keys
 * @throws Error when the account has one that nobody has taken away
 */
export async function refuseLocks(
  { region, stateBucket }: Environment,
  others: readonly string[],
): Promise<void> {
  const question = new ListObjectsV2Command({ Bucket: stateBucket });
  const { Contents = [] } = await new S3Client({ region }).send(question);
  const locks = Contents.flatMap(({ Key = '' }) => (Key.endsWith('.tflock') ? [Key] : []));
  const left = locks.filter((key) => !others.includes(key));
  if (left.length > 0) throw new Error(`locks are left: ${left.join(', ')}`);
}
