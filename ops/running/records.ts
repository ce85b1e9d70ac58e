/** Who released what, when, and how it ended: a file for each, beside the states. */
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Environment } from '../../stacks/place.ts';

export interface ReleaseRecord {
  readonly kind: 'release' | 'rollback';
  /** ISO 8601, UTC. */
  readonly begun: string;
  readonly ended: string;
  /** ARN. */
  readonly who: string;
  readonly digest: string;
  /** Environment whose image it was. @default none: built for this release, or brought to it */
  readonly from?: string;
  /** What ran before. @default nothing */
  readonly before?: string;
  /** Of the image's code; `-dirty` at its end when it was not all committed. */
  readonly commit: string;
  /** Of the code that released it, and so of the stacks. */
  readonly checkout: string;
  /** `begun` stays when its process was killed. */
  readonly outcome: 'begun' | 'succeeded' | 'failed' | 'interrupted';
  /** Why it failed. */
  readonly reason?: string;
  /** What each stack's plan had to do. */
  readonly plans: Readonly<Record<string, string>>;
  /** The schema after it, as the migration told it; missing when it did not run or did not end well. */
  readonly schema?: Schema;
}

export interface Schema {
  /** Number of the image's build: that of the newest migration it knows. */
  readonly build: number;
  /** Older builds cannot work with this schema. */
  readonly minimumBuild: number;
}

/** How many are looked at; who goes back further names a digest. */
const NEWEST = 50;

const nothing = () => undefined;
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * Newest first.
 * @param profile of AWS's configuration, for an account that is another than one's own
 */
export async function readRecords(
  environment: Environment,
  profile?: string,
): Promise<ReleaseRecord[]> {
  const client = clientOf(environment, profile);
  const { stateBucket: Bucket, accountId: ExpectedBucketOwner } = environment;
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket,
        ExpectedBucketOwner,
        Prefix: folderOf(environment),
        ...(ContinuationToken !== undefined && { ContinuationToken }),
      }),
    );
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  const newest = keys
    .filter((key) => key.endsWith('.json'))
    .toSorted()
    .slice(-NEWEST)
    .toReversed();
  return Promise.all(
    newest.map(async (Key) => {
      const { Body } = await client.send(
        new GetObjectCommand({ Bucket, Key, ExpectedBucketOwner }),
      );
      return JSON.parse((await Body?.transformToString()) ?? '') as ReleaseRecord;
    }),
  );
}

/**
 * The image that was last seen serving well. The parameter may name one that nobody has seen yet.
 * @param records newest first
 * @param recorded digest in the parameter, for an environment whose releases left no records
 */
export function lastGood(
  records: readonly ReleaseRecord[],
  recorded: string | undefined,
): string | undefined {
  if (records.length === 0) return recorded;
  return records.find(({ outcome }) => outcome === 'succeeded')?.digest;
}

/** Rollbacks do not say it themselves. @returns the number of an image's build, where one told it */
export function buildOf(records: readonly ReleaseRecord[], digest: string): number | undefined {
  return records.find((record) => record.digest === digest && record.schema !== undefined)?.schema
    ?.build;
}

export async function writeRecord(environment: Environment, record: ReleaseRecord): Promise<void> {
  await clientOf(environment).send(
    new PutObjectCommand({
      Bucket: environment.stateBucket,
      // Times sort as text.
      Key: `${folderOf(environment)}${record.begun.replaceAll(':', '-')}.json`,
      Body: `${JSON.stringify(record, null, 2)}\n`,
      ContentType: 'application/json',
    }),
  );
}

/** Such as `releases/dev/`. */
export function folderOf({ statePrefix }: Environment): string {
  return `releases/${statePrefix}/`;
}

function clientOf({ region }: Environment, profile?: string): S3Client {
  // With keys in the environment too it would warn that the profile wins, which is what is wanted.
  return new S3Client({ region, ...(profile !== undefined && { profile, logger: SILENT }) });
}
