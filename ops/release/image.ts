/** The image that a release runs: built here, built elsewhere, or another environment's. */
import { PROJECT } from '../../contract.ts';
import type { Environment } from '../../stacks/place.ts';
import type { Say } from '../deployment/progress.ts';
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { readDigest } from '../running/digest.ts';
import { build, push, requireEngine } from './engine.ts';
import { digestOfTag, registryLogin, requireImage } from './registry.ts';
import type { Source } from './source.ts';

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

/** @returns its digest, in the registry and for the right processors. @throws Refusal, WrongUse */
export async function provideImage(wanted: Wanted, say: Say): Promise<string> {
  const { environment, architecture } = wanted;
  const digest = await obtain(wanted, say);
  say('the registry is asked for it');
  await requireImage(environment, digest, architecture);
  return digest;
}

async function obtain(wanted: Wanted, say: Say): Promise<string> {
  const { environment, table, source, architecture, image, from } = wanted;
  if (from !== undefined) return digestFrom(environment, find(table, from).environment);
  // What is not committed has no name that would not mean something else tomorrow.
  const isNamed = image === undefined && !source.isDirty;
  const stamp = isNamed ? source.commit.slice(0, COMMIT_DIGITS) : timestamp();
  const tag = `${stamp}-${architecture}`;
  const there = isNamed ? await digestOfTag(environment, tag) : undefined;
  if (there !== undefined) return there;
  await requireEngine();
  const login = await registryLogin(environment);
  const local = image ?? `${PROJECT}:${tag}`;
  if (image === undefined) {
    await build({ platform: `linux/${architecture}`, name: local, commit: source.commit }, say);
  }
  await push(local, { login, remote: `${login.host}/${PROJECT}:${tag}` }, say);
  const digest = await digestOfTag(environment, tag);
  if (digest === undefined) throw new Refusal(`the registry does not show the image ${tag}`);
  return digest;
}

/** The same bits that were tried there. */
async function digestFrom(environment: Environment, other: Environment): Promise<string> {
  const { accountId, region } = environment;
  if (other.accountId !== accountId || other.region !== region) {
    throw new WrongUse(
      `${other.name} is in another account or region, with a registry of its own: pull its image and release it with --image`,
    );
  }
  const digest = await readDigest(other);
  if (digest === undefined) throw new Refusal(`${other.name} has no image yet`);
  return digest;
}

/** UTC, such as `20261121-164501`; sorts as text. */
function timestamp(): string {
  const [day = '', time = ''] = new Date().toISOString().split('T');
  return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`;
}
