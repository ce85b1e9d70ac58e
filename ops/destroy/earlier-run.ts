/** Was the bucket of all states deleted by an earlier run on this machine? Then only its key is left. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from '../../stacks/place.ts';
import { keyOfAlias } from '../bootstrap/key.ts';
import { Refusal } from '../deployment/refusal.ts';
import { resourcesIn, type StateResource } from '../running/states.ts';
import { KEPT_STATES, keyAlias } from './state-bucket.ts';

/**
 * For an account without its bucket. The key's alias does not depend on the bucket's name: in a
 * team whose bucket is called otherwise it is the key of all states.
 * @param folder of this machine, where the bucket's own state was kept
 * @throws Refusal unless a state that was kept there has this very bucket, and this very key
 */
export async function refuseUnlessDeletedHere(account: Account, folder: string): Promise<void> {
  const { accountId, region, stateBucket } = account;
  const alias = keyAlias(account);
  const key = await keyOfAlias(region, alias);
  for (const resources of await statesIn(folder)) {
    const isOurs = has(resources, 'aws_s3_bucket', { bucket: stateBucket });
    if (isOurs && (key === undefined || has(resources, 'aws_kms_key', { key_id: key }))) return;
  }
  throw new Refusal(
    `there is no bucket ${stateBucket} in the account ${accountId}, so nothing was destroyed: ${alias} may be the key of a bucket with another name, whose states nobody could read without it. Is there one? Then set STORE_STATE_BUCKET=<name>, as for the bootstrap:
  aws s3api list-buckets
If ${stateBucket} was destroyed from another machine, at most its key is left:
  aws kms describe-key --region ${region} --key-id ${alias}`,
  );
}

async function statesIn(folder: string): Promise<StateResource[][]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return [];
  });
  const kept = files.filter((file) => KEPT_STATES.test(file));
  return Promise.all(
    kept.map(async (file) => resourcesIn(await readFile(join(folder, file), 'utf8'))),
  );
}

function has(
  resources: readonly StateResource[],
  type: string,
  wanted: Readonly<Record<string, string>>,
): boolean {
  return resources.some(
    (resource) =>
      resource.type === type &&
      Object.entries(wanted).every(([name, value]) => resource.attributes[name] === value),
  );
}
