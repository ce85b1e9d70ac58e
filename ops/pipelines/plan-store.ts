/** Packed plans in the account's bucket of states: encrypted with its key, gone after a week. */
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { digestOf } from './package.ts';

interface Stored {
  readonly digest: string;
  readonly key: string;
  /** Whether something of that name was there, which nobody can replace. */
  readonly wasThere: boolean;
}

/** @throws Refusal */
export async function storePackage(environment: Environment, packed: Buffer): Promise<Stored> {
  const digest = digestOf(packed);
  const key = keyOf(environment, digest);
  const { region, stateBucket: Bucket, accountId: ExpectedBucketOwner } = environment;
  try {
    // No encryption is asked for, so it is the bucket's: with the key of the states.
    const { ServerSideEncryption: encryption } = await new S3Client({ region }).send(
      new PutObjectCommand({
        Bucket,
        Key: key,
        Body: packed,
        ExpectedBucketOwner,
        IfNoneMatch: '*',
      }),
    );
    if (encryption === 'aws:kms') return { digest, key, wasThere: false };
    throw new Refusal(
      `${Bucket} encrypts with ${encryption ?? 'nothing'}, and plans want its KMS key: npm run bootstrap -- ${environment.name}`,
    );
  } catch (error) {
    // Whether it is the same is seen by whoever fetches it.
    if ((error as Error).name === 'PreconditionFailed') return { digest, key, wasThere: true };
    throw error;
  }
}

/** @throws Refusal when there is none */
export async function fetchPackage(environment: Environment, digest: string): Promise<Buffer> {
  const { region, stateBucket: Bucket, accountId: ExpectedBucketOwner } = environment;
  const Key = keyOf(environment, digest);
  try {
    const { Body } = await new S3Client({ region }).send(
      new GetObjectCommand({ Bucket, Key, ExpectedBucketOwner }),
    );
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  } catch (error) {
    if ((error as Error).name !== 'NoSuchKey') throw error;
    throw new Refusal(
      `${Bucket} has no plans ${digest} of ${environment.name}: they are kept for seven days; plan again`,
      { cause: error },
    );
  }
}

/** The name is the digest, so that whoever was first to use it gains nothing. */
export function keyOf({ statePrefix }: Environment, digest: string): string {
  return `plans/${statePrefix}/${digest}.json.gz`;
}
