/** Images that somebody has released in `dev`, and what a release does to bring them elsewhere. */
import { randomBytes } from 'node:crypto';
import type { Say } from '../../deployment/progress.ts';
import { type ProvidedImage, provideImage } from '../../release/image.ts';
import { type ReleaseRecord, writeRecord } from '../../running/records.ts';
import { chooseImage } from '../choice.ts';
import { putImage } from './some-image.ts';
import type { TwoAccounts } from './two-accounts.ts';

export const COMMIT = 'c0ffee'.repeat(6);

/** A layer that is in no other image. @param bytes of content */
export const layer = (bytes = 1000) => randomBytes(bytes);

/** Somebody of its account has released it in dev. @returns the digest */
export async function released(
  accounts: TwoAccounts,
  layers: readonly Buffer[] = [layer()],
): Promise<string> {
  const dev = accounts.environmentOf('dev');
  accounts.be('source');
  const tag = `v${randomBytes(4).toString('hex')}`;
  const digest = await putImage(dev, { commit: COMMIT, layers, tag });
  await writeRecord(dev, recordOf(digest));
  accounts.be('promoter');
  return digest;
}

/** @param differences from one that ended well */
export function recordOf(digest: string, differences: Partial<ReleaseRecord> = {}): ReleaseRecord {
  const now = new Date().toISOString();
  return {
    kind: 'release',
    begun: now,
    ended: now,
    who: 'arn:aws:iam::111111111111:user/ada',
    digest,
    commit: COMMIT,
    checkout: COMMIT,
    outcome: 'succeeded',
    plans: {},
    schema: { build: 12, minimumBuild: 10 },
    ...differences,
  };
}

interface Attempt {
  readonly from?: string;
  readonly to?: 'staging' | 'faraway';
  readonly say?: Say;
  readonly signal?: AbortSignal;
}

/** Until the image is there. */
export async function bring(
  { table, profile, environmentOf }: TwoAccounts,
  { from = 'dev', to = 'staging', say, signal }: Attempt = {},
): Promise<ProvidedImage> {
  const choice = { table, from, to, ...(from === 'dev' && { profile }) };
  const promoted = await chooseImage(choice);
  const wanted = {
    environment: environmentOf(to),
    source: { commit: COMMIT, isDirty: false },
    architecture: 'arm64',
    promoted,
    signal: signal ?? new AbortController().signal,
  };
  return provideImage(wanted, say ?? (() => undefined));
}
