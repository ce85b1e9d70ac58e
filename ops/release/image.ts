/** The image that a release runs: built here, built elsewhere, or promoted from another environment. */
import { PROJECT } from '../../contract.ts';
import type { Environment } from '../../stacks/place.ts';
import type { Say } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { copyImage } from '../promote/copy.ts';
import { Interrupted } from '../terraform/terraform.ts';
import { build, idOf, push, requireEngine, revisionOf } from './engine.ts';
import { configOf, digestOfTag, registryLogin, requireImage } from './registry.ts';
import { type Source, withFilesOf } from './source.ts';

/** Hex digits of a commit in a tag, and of a digest. */
const COMMIT_DIGITS = 12;
const DIGEST_DIGITS = 12;

interface Wanted {
  readonly environment: Environment;
  readonly source: Source;
  /** `arm64` or `amd64`. */
  readonly architecture: string;
  /** Name of an image of this machine's engine. @default it is built */
  readonly image?: string;
  /** Another environment's, bit for bit. @default none */
  readonly promoted?: Promoted;
  /** Ends a copy between registries. */
  readonly signal: AbortSignal;
}

export interface ProvidedImage {
  readonly digest: string;
  /** Of its code. */
  readonly commit: string;
}

export interface Promoted extends ProvidedImage {
  /** Where it served well. */
  readonly source: Environment;
  /** Whose registry has it: the target's own, once it is there. */
  readonly registry: Environment;
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
  const { image, promoted } = wanted;
  if (promoted !== undefined) return copied(promoted, wanted, say);
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
async function copied(
  { digest, commit, source, registry }: Promoted,
  { environment, architecture, signal }: Wanted,
  say: Say,
): Promise<ProvidedImage> {
  const { accountId, region } = environment;
  const isSameRegistry = source.accountId === accountId && source.region === region;
  if (!isSameRegistry) {
    // The same for the same image, so that two who bring it at once do not meet.
    const tag = `promoted-${digest.slice('sha256:'.length).slice(0, DIGEST_DIGITS)}-${architecture}`;
    await copyImage({ digest, from: registry, to: environment, tag }, { say, signal });
  }
  return { digest, commit };
}

/** UTC, such as `20261121-164501`; sorts as text. */
function timestamp(): string {
  const [day = '', time = ''] = new Date().toISOString().split('T');
  return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`;
}
