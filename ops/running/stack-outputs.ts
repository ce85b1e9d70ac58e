/** What a stack's state in the bucket tells, without Terraform: for commands that are typed often. */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { stateKeyOf } from './states.ts';

/** Terraform's own form of a state, as far as it matters here. */
interface StateFile {
  readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** @param stack such as `identity`. @throws Refusal when it is not applied */
export async function stackOutputs(
  environment: Environment,
  stack: string,
): Promise<Readonly<Record<string, unknown>>> {
  const { name, region, stateBucket, accountId } = environment;
  const question = new GetObjectCommand({
    Bucket: stateBucket,
    Key: stateKeyOf(environment, stack),
    ExpectedBucketOwner: accountId,
  });
  try {
    const { Body } = await new S3Client({ region }).send(question);
    const { outputs = {} } = JSON.parse((await Body?.transformToString()) ?? '{}') as StateFile;
    const entries = Object.entries(outputs).map(([key, { value }]) => [key, value] as const);
    if (entries.length > 0) return Object.fromEntries(entries);
  } catch (error) {
    if (!/^NoSuch(Key|Bucket)$/.test((error as Error).name)) throw error;
  }
  throw new Refusal(`${name} has no ${stack} stack yet: npm run release -- ${name}`);
}
