/** Which state a plan was made upon: Terraform counts each of its versions. */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Place } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';

export interface Standing {
  readonly serial: number;
  /** Of all versions of one state; another one after it was made anew. */
  readonly lineage: string;
}

/** Where nothing was ever applied. */
export const NO_STATE: Standing = { serial: 0, lineage: '' };

/** @param key of the state in the bucket. @throws Refusal without a bucket, or what AWS has against it */
export async function readStanding(
  { region, stateBucket, accountId }: Pick<Place, 'region' | 'stateBucket' | 'accountId'>,
  key: string,
): Promise<Standing> {
  const question = { Bucket: stateBucket, Key: key, ExpectedBucketOwner: accountId };
  try {
    const { Body } = await new S3Client({ region }).send(new GetObjectCommand(question));
    const { serial, lineage } = JSON.parse(
      (await Body?.transformToString()) ?? '{}',
    ) as Partial<Standing>;
    return { serial: serial ?? 0, lineage: lineage ?? '' };
  } catch (error) {
    const { name } = error as Error;
    if (name === 'NoSuchKey') return NO_STATE;
    if (name !== 'NoSuchBucket') throw error;
    throw new Refusal(
      `there is no bucket ${stateBucket} yet: npm run bootstrap -- <environment>, or look at what an empty account would get, npm run plan -- <environment> --from-nothing`,
    );
  }
}
