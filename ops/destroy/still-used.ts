/** Is anything left in an account that needs its bucket and its registry? */
import {
  GetObjectCommand,
  type ListObjectsV2CommandOutput,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Account } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { resourcesIn, stateKeyOf } from '../running/states.ts';

/** Of a release that is at work, and of Terraform. */
const LOCK = /\.tflock$/;

/**
 * Environments that are no longer in the table have their states there too.
 * @param soFar `nothing was destroyed`. @throws Refusal
 */
export async function refuseWhileUsed(account: Account, soFar: string): Promise<void> {
  const { region, stateBucket: Bucket } = account;
  const client = new S3Client({ region });
  const used: string[] = [];
  for await (const { Contents } of paginateListObjectsV2({ client }, { Bucket })) {
    for (const key of keysIn(Contents)) {
      if (LOCK.test(key)) used.push(`${key}: somebody is at work, or was killed`);
      if (!isEnvironments(account, key)) continue;
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key }));
      const { length } = resourcesIn((await Body?.transformToString()) ?? '');
      if (length > 0) used.push(`${key}: ${length} resources`);
    }
  }
  if (used.length === 0) return;
  throw new Refusal(
    `environments of this account are still there, so ${soFar}:\n${used.map((line) => `  ${line}`).join('\n')}\nDestroy them first: npm run destroy -- <environment>`,
  );
}

function keysIn(contents: ListObjectsV2CommandOutput['Contents'] = []): string[] {
  return contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
}

function isEnvironments(account: Account, key: string): boolean {
  const own = ['state', 'registry'].some((stack) => key === stateKeyOf(account, stack));
  return key.endsWith('.tfstate') && !own;
}
