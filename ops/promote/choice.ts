/** Which image is promoted: the one that serves there, or another that did. */
import type { Environment } from '../../stacks/place.ts';
import { requireAccount } from '../deployment/account.ts';
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { refuseTooOld } from '../release/earlier-release.ts';
import type { Promoted } from '../release/image.ts';
import { commitOf, findManifest, requireManifest } from '../release/registry.ts';
import { recordsOf } from '../releases/reading.ts';
import { buildOf, type ReleaseRecord } from '../running/records.ts';

export interface Choice {
  readonly table: Table;
  /** Names of environments. */
  readonly from: string;
  readonly to: string;
  /** @default the image that was last seen serving well */
  readonly digest?: string | undefined;
  /** Of AWS's configuration, to read the records of another account. @default one's own credentials */
  readonly profile?: string | undefined;
}

/** Looks before anything is changed. @throws Refusal when it cannot go there, WrongUse */
export async function chooseImage({ table, from, to, digest, profile }: Choice): Promise<Promoted> {
  if (from === to) throw new WrongUse(`from ${from} to ${to} is no way: name two environments`);
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    throw new WrongUse(`--digest is '${digest}': sha256: and 64 hex digits are needed`);
  }
  const source = find(table, from).environment;
  const target = find(table, to).environment;
  await requireAccount(target);
  const isAnothers = source.accountId !== target.accountId && profile === undefined;
  // Whoever names the digest has looked there.
  if (isAnothers) return imageNamed(digest, source, target);
  const records = await recordsThere(source, profile);
  const record = servedWell(records, source, digest);
  refuseTooOld(buildOf(records, record.digest), await recordsOf(target));
  const { registry } = await whereItIs(record.digest, source, target);
  return { digest: record.digest, commit: record.commit, source, registry };
}

/** The records are out of reach, so the image itself says what it is. */
async function imageNamed(
  digest: string | undefined,
  source: Environment,
  target: Environment,
): Promise<Promoted> {
  const { name, accountId } = source;
  if (digest === undefined) {
    throw new Refusal(
      `which image serves in ${name} stands in another account, ${accountId}: add --from-profile with a profile of that account, or --digest with what npm run releases -- ${name} marks with * there`,
    );
  }
  const { registry, manifest } = await whereItIs(digest, source, target);
  return { digest, commit: await commitOf(registry, manifest), source, registry };
}

/** Once it was copied, the other registry is not needed any more. */
async function whereItIs(digest: string, source: Environment, target: Environment) {
  const there = await findManifest(target, digest);
  if (there !== undefined) return { registry: target, manifest: there };
  return { registry: source, manifest: await requireManifest(source, digest) };
}

async function recordsThere(source: Environment, profile?: string): Promise<ReleaseRecord[]> {
  if (profile === undefined) return recordsOf(source);
  return recordsOf(source, profile).catch((error: Error) => {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      `the profile ${profile} cannot read the releases of ${source.name}, in the bucket ${source.stateBucket} of the account ${source.accountId} (${error.name}: ${error.message}): sign in with it, or name the image with --digest`,
      { cause: error },
    );
  });
}

/**
 * @param records newest first
 * @param digest @default that of the last release, which must have ended well
 * @throws Refusal
 */
export function servedWell(
  records: readonly ReleaseRecord[],
  { name }: Pick<Environment, 'name'>,
  digest?: string,
): ReleaseRecord {
  const [last] = records;
  if (last === undefined) {
    throw new Refusal(`${name} was never released: npm run release -- ${name}`);
  }
  const good = records.filter(({ outcome }) => outcome === 'succeeded');
  if (digest !== undefined) {
    const record = good.find((one) => one.digest === digest);
    if (record !== undefined) return record;
    throw new Refusal(
      `${digest} was never seen serving well in ${name}; ${listed(good)}: npm run releases -- ${name}`,
    );
  }
  if (last.outcome === 'succeeded') return last;
  const how =
    last.outcome === 'begun' ? 'has not ended, or was killed' : `ended as ${last.outcome}`;
  throw new Refusal(
    `the last ${last.kind} of ${name}, of ${last.begun}, ${how}: what serves there is not sure. Release it anew, or name an image with --digest; ${listed(good)}`,
  );
}

function listed(good: readonly ReleaseRecord[]): string {
  const digests = [...new Set(good.map(({ digest }) => digest))];
  return digests.length === 0
    ? 'none was seen serving well there'
    : `seen serving well were ${digests.join(', ')}`;
}
