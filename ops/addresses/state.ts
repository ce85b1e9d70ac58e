/** What really exists: the addresses in a stack's state. A question to S3: no Terraform is needed. */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { AddressedStack } from '../../stacks/addresses/addressed.ts';
import { Refusal } from '../deployment/refusal.ts';
import { stateKeyOf } from '../running/states.ts';

interface StateFile {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly object[];
  }[];
}

/** Empty where nothing was applied, or all was destroyed. @throws Refusal when there is no bucket */
export async function addressesInState({ name, stack }: AddressedStack): Promise<Set<string>> {
  const { region, stateBucket, accountId } = stack.place;
  const question = new GetObjectCommand({
    Bucket: stateBucket,
    Key: stateKeyOf(stack.place, name),
    ExpectedBucketOwner: accountId,
  });
  try {
    const { Body } = await new S3Client({ region }).send(question);
    const { resources = [] } = JSON.parse((await Body?.transformToString()) ?? '{}') as StateFile;
    const managed = resources.filter(
      ({ mode, instances }) => mode === 'managed' && instances.length > 0,
    );
    return new Set(managed.map(({ type, name: own }) => `${type}.${own}`));
  } catch (error) {
    const { name: kind } = error as Error;
    if (kind === 'NoSuchKey') return new Set();
    if (kind !== 'NoSuchBucket') throw error;
    // Not the same as an empty state: with a wrong name everything would look as if it were gone.
    throw new Refusal(
      `there is no bucket ${stateBucket} in the account ${accountId}, so nobody knows what exists: set STORE_STATE_BUCKET=<name> if it has another name, or delete the records in stacks/addresses if all of the account was destroyed`,
      { cause: error },
    );
  }
}
