/** The image that a release runs: built here, built elsewhere, or another environment's. */
import { PROJECT } from '../../contract.ts';
import type { Environment } from '../../stacks/place.ts';
import type { Say } from '../deployment/progress.ts';
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { readDigest } from '../running/digest.ts';
import { lastGood, readRecords } from '../running/records.ts';
import { Interrupted } from '../terraform/terraform.ts';
import { build, idOf, push, requireEngine, revisionOf } from './engine.ts';
import { configOf, digestOfTag, registryLogin, requireImage } from './registry.ts';
import { type Source, withFilesOf } from './source.ts';

/** Hex digits of a commit in a tag. */
const COMMIT_DIGITS = 12;

interface Wanted {
  readonly environment: Environment;
  readonly table: Table;
  readonly source: Source;
  /** `arm64` or `amd64`. */
  readonly architecture: string;
  /** Name of an image of this machine's engine. @default it is built */
  readonly image?: string;
  /** Environment whose image is taken. @default none */
  readonly from?: string;
}

export interface ProvidedImage {
  readonly digest: string;
  /** Of its code. */
  readonly commit: string;
}

/** @returns the image in the registry, for the right processors. @throws Refusal, WrongUse */
export async function provideImage(wanted: Wanted, say: Say): Promise<ProvidedImage> {
  const { environment, architecture } = wanted;
  const provided = await obtain(wanted, say);
  say('the registry is asked for it');
  await requireImage(environment, provided.digest, architecture);
  return provided;
}

function obtain(wanted: Wanted, say: Say): Promise<ProvidedImage> {
  const { environment, table, image, from } = wanted;
  if (from !== undefined) return imageOf(environment, find(table, from).environment);
  return image === undefined ? built(wanted, say) : brought(image, wanted, say);
}

/**
 * Once for each commit; what is not committed has no name that would mean the same tomorrow.
 * Production builds its own: who may release another environment may push under a commit's tag.
 */
async function built(
  { environment, source, architecture }: Wanted,
  say: Say,
): Promise<ProvidedImage> {
  const { commit, isDirty } = source;
  const isOnce = isDirty || environment.production;
  const tag = `${isOnce ? timestamp() : commit.slice(0, COMMIT_DIGITS)}-${architecture}`;
  const there = isOnce ? undefined : await digestOfTag(environment, tag);
  if (there !== undefined) return { digest: there, commit };
  await requireEngine();
  const name = `${PROJECT}:${tag}`;
  const platform = `linux/${architecture}`;
  await withFilesOf(source, (folder) => build({ folder, platform, name, commit }, say));
  return { digest: await pushed(name, { environment, tag }, say), commit };
}

async function brought(
  image: string,
  { environment, architecture }: Wanted,
  say: Say,
): Promise<ProvidedImage> {
  await requireEngine();
  const commit = await revisionOf(image);
  const tag = `${timestamp()}-${architecture}`;
  return { digest: await pushed(image, { environment, tag }, say), commit };
}

interface Place {
  readonly environment: Environment;
  readonly tag: string;
}

/** @returns the digest of the local image, and of no other that has its tag */
async function pushed(local: string, { environment, tag }: Place, say: Say): Promise<string> {
  const login = await registryLogin(environment);
  const remote = `${login.host}/${PROJECT}:${tag}`;
  try {
    return await push(local, { login, remote }, say);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    // Tags never move: somebody may have pushed under it meanwhile.
    const there = await digestOfTag(environment, tag);
    if (there === undefined) throw error;
    if (await isSame(local, environment, there)) return there;
    throw new Refusal(
      `the registry has another image under ${tag}, which was pushed meanwhile: look whose it is, then release what was built here with --image ${local}`,
      { cause: error },
    );
  }
}

/** An engine's name for an image is the digest of its manifest or, in older ones, of its configuration. */
async function isSame(local: string, environment: Environment, digest: string): Promise<boolean> {
  const id = await idOf(local);
  return id === digest || id === (await configOf(environment, digest));
}

/** The same bits that were seen serving there. */
async function imageOf(environment: Environment, other: Environment): Promise<ProvidedImage> {
  const { accountId, region } = environment;
  if (other.accountId !== accountId || other.region !== region) {
    throw new WrongUse(
      `${other.name} is in another account or region, with a registry of its own: pull its image and release it with --image`,
    );
  }
  const records = await readRecords(other);
  const digest = lastGood(records, await readDigest(other));
  if (digest === undefined) throw new Refusal(`${other.name} has no image that served well yet`);
  const record = records.find((one) => one.digest === digest);
  return { digest, commit: record?.commit ?? 'unknown' };
}

/** UTC, such as `20261121-164501`; sorts as text. */
function timestamp(): string {
  const [day = '', time = ''] = new Date().toISOString().split('T');
  return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`;
}
