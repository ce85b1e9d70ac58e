/** What the stacks' states in the bucket say. A question to S3: no Terraform is needed. */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Place } from '../../stacks/place.ts';

export interface StackState {
  /** When it was written last. */
  readonly changed: Date;
  /** Empty when nothing was applied, or all was destroyed. */
  readonly resources: readonly StateResource[];
}

export interface StateResource {
  /** Such as `aws_lb`. */
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Terraform's own form of a state, as far as it matters here. */
interface StateFile {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
  }[];
}

/** @param stack such as `network`. @returns undefined where there is no state, or no bucket */
export async function readState(place: Place, stack: string): Promise<StackState | undefined> {
  const { region, stateBucket, accountId } = place;
  const question = new GetObjectCommand({
    Bucket: stateBucket,
    Key: stateKeyOf(place, stack),
    ExpectedBucketOwner: accountId,
  });
  try {
    const { Body, LastModified } = await new S3Client({ region }).send(question);
    const text = (await Body?.transformToString()) ?? '';
    return { changed: LastModified ?? new Date(0), resources: resourcesIn(text) };
  } catch (error) {
    if (/^NoSuch(Key|Bucket)$/.test((error as Error).name)) return undefined;
    throw error;
  }
}

/** @param text of a state. @returns what Terraform made; what it only looked up is nobody's to destroy */
export function resourcesIn(text: string): StateResource[] {
  const { resources = [] } = JSON.parse(text) as StateFile;
  return resources
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ type, instances }) =>
      instances.map(({ attributes = {} }) => ({ type, attributes })),
    );
}

/** states.unit.test.ts compares with the stacks. */
export function stateKeyOf({ statePrefix }: Place, stack: string): string {
  return `${statePrefix}-${stack}.tfstate`;
}

/** As Terraform names it: https://developer.hashicorp.com/terraform/language/backend/s3#state-locking */
export function stateLockKeyOf(place: Place, stack: string): string {
  return `${stateKeyOf(place, stack)}.tflock`;
}
