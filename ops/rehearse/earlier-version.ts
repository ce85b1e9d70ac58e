/** An earlier version of the project, in a folder of this rehearsal: its own code stands it up. */
import { readFile, rm, symlink } from 'node:fs/promises';
import { arch, platform } from 'node:process';
import { join } from 'node:path';
import type { Say } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { providerSource } from '../terraform/providers.ts';
import type { Command } from './commands.ts';
import type { EarlierCommit } from './earlier-commit.ts';
import type { Run } from './run.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Of the run; `clean` takes `earlier` away. */
const FOLDER = 'earlier/version';

/** Of the run, too: what its stacks need otherwise here. */
export const OVERRIDES = 'earlier/overrides';

const LOG = 'earlier';

/** Seconds: for git and tar, and where packages come from the network. */
const MOMENT = 120;
const INSTALLING = 600;

export interface EarlierVersion extends EarlierCommit {
  readonly folder: string;
  /** Where and with what its own commands are run. */
  readonly command: Pick<Command, 'folder' | 'environment'>;
}

/**
 * Leaves no trace in `.git`, whenever it is interrupted.
 * @throws Refusal when it is too old to be stood up here, CommandFailed
 */
export async function checkOut(
  { commands, folder: runs }: Run,
  from: EarlierCommit,
  say: Say,
): Promise<EarlierVersion> {
  say(`the version of ${from.name}`);
  const folder = runs.make(FOLDER);
  const archive = `${folder}.tar`;
  const run = (...args: [string, ...string[]]) =>
    commands.run({ log: LOG, args, limit: MOMENT, say });
  await run('git', 'archive', '--format=tar', '--output', archive, from.commit);
  await run('tar', '-xf', archive, '-C', folder);
  await rm(archive);
  await refuseTooOld(folder, from);
  if (await hasOurPackages(folder)) {
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  } else {
    say(`the packages of ${from.name}`);
    const args = ['npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund'] as const;
    await commands.run({ log: LOG, args: [...args], folder, limit: INSTALLING, say });
  }
  return { ...from, folder, command: { folder, environment: await surroundings(runs) } };
}

async function surroundings(runs: Run['folder']): Promise<NodeJS.ProcessEnv> {
  const { TF_PLUGIN_CACHE_DIR } = await providerSource(
    `${platform}_${arch === 'x64' ? 'amd64' : arch}`,
  );
  return {
    STORE_OVERRIDES: runs.make(OVERRIDES),
    // Its folder is in ours, and it is no checkout: our commit is not its own.
    GIT_CEILING_DIRECTORIES: runs.path,
    // Where providers come from the registry, they are here already.
    ...(TF_PLUGIN_CACHE_DIR !== undefined && { TF_PLUGIN_CACHE_DIR }),
  };
}

/** What its commands must know at least: a file, and what must be said in it. */
const NEEDED: readonly (readonly [file: string, words: RegExp, means: string])[] = [
  ['ops/bootstrap.ts', /--yes\b/, 'npm run bootstrap -- --yes'],
  ['ops/release.ts', /--image\b[^]*--seed\b/, 'npm run release -- --image, --seed'],
  ['ops/test-deployed.ts', /--currency\b/, 'npm run test:deployed -- --currency'],
  ['ops/deployment/synthesis.ts', /STORE_OVERRIDES/, 'STORE_OVERRIDES'],
];

async function refuseTooOld(folder: string, { name, commit }: EarlierCommit): Promise<void> {
  const lacking: string[] = [];
  for (const [file, words, means] of NEEDED) {
    const text = await readFile(join(folder, file), 'utf8').catch(() => '');
    if (!words.test(text)) lacking.push(means);
  }
  if (lacking.length === 0) return;
  throw new Refusal(
    `${name} (${commit.slice(0, 12)}) cannot be stood up here, as it does not know ${lacking.join(', ')}: name a later commit`,
  );
}

/** Whether ours are all that it wants, in the same versions; others beside them harm nobody. */
async function hasOurPackages(folder: string): Promise<boolean> {
  const [its, ours] = await Promise.all(
    [folder, ROOT].map((root) => readFile(join(root, 'package-lock.json'), 'utf8')),
  );
  return isCovered(packagesIn(its), packagesIn(ours));
}

/** By where they are in node_modules. */
type Packages = Readonly<
  Record<string, { readonly version?: string; readonly integrity?: string }>
>;

function packagesIn(lock = '{}'): Packages {
  // The project itself is the one without a place.
  const { '': _, ...packages } = (JSON.parse(lock) as { packages?: Packages }).packages ?? {};
  return packages;
}

export function isCovered(its: Packages, ours: Packages): boolean {
  return Object.entries(its).every(([place, { version, integrity }]) => {
    const same = ours[place];
    return same?.version === version && same?.integrity === integrity;
  });
}
