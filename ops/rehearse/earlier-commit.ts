/** Which commit `--from` means. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WrongUse } from '../deployment/refusal.ts';

export interface EarlierCommit {
  /** As it was asked for. */
  readonly name: string;
  /** Full hash. */
  readonly commit: string;
}

/** Instead of a name: whatever landed last. */
export const LANDED = 'landed';

/** Says which commit landed last; pipelines know. */
const LANDED_VARIABLE = 'STORE_LANDED';

const ROOT = join(import.meta.dirname, '../..');

/** @throws WrongUse that says what to do */
export async function findCommit(name: string, root = ROOT): Promise<EarlierCommit> {
  const git = (...args: readonly string[]) => askGit(root, args);
  if ((await git('rev-parse', 'HEAD')) === undefined) {
    throw new WrongUse(
      '--from needs the history, and this folder has none: clone the project with git, or rehearse without it',
    );
  }
  const wanted = name === LANDED ? await lastLanded(git) : name;
  const commit = await git('rev-parse', '--verify', '--end-of-options', `${wanted}^{commit}`);
  if (commit !== undefined) return { name, commit };
  throw new WrongUse(`there is no commit '${wanted}' here: ${await howToGet(git)}`);
}

/** Whether what is deployed is as it was then; then there is no change to be rehearsed. */
export async function isUnchanged({ commit }: EarlierCommit, root = ROOT): Promise<boolean> {
  const since = ['diff', '--name-only', commit, '--', ...DEPLOYED];
  return (await askGit(root, since)) === undefined;
}

type Git = (...args: readonly string[]) => Promise<string | undefined>;

/** @returns undefined where git refuses, or has nothing to say */
async function askGit(root: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', [...args], { cwd: root });
    return stdout.trim() === '' ? undefined : stdout.trim();
  } catch {
    return undefined;
  }
}

async function howToGet(git: Git): Promise<string> {
  const isShallow = (await git('rev-parse', '--is-shallow-repository')) === 'true';
  return isShallow
    ? 'this clone has only the end of the history; get the rest with git fetch --unshallow, in a pipeline with a checkout of full depth'
    : 'git fetch --all --tags gets what others have, git log --oneline lists what is here';
}

/** As a pipeline says; else where this branch left main; else what the report in the history shows. */
async function lastLanded(git: Git): Promise<string> {
  const told = process.env[LANDED_VARIABLE] ?? '';
  // For a new branch GitHub says nothing but zeros.
  if (/[^0]/.test(told)) return told;
  const landed = (await fork(git)) ?? (await lastRehearsed(git));
  if (landed !== undefined) return landed;
  throw new WrongUse(
    `nobody can say which commit landed last: set ${LANDED_VARIABLE}, or name a commit (${await howToGet(git)})`,
  );
}

async function fork(git: Git): Promise<string | undefined> {
  const head = await git('rev-parse', 'HEAD');
  for (const main of ['origin/HEAD', 'origin/main']) {
    const base = await git('merge-base', 'HEAD', main);
    if (base !== undefined && base !== head) return base;
  }
  return undefined;
}

/** What a deployment is made of. */
const DEPLOYED = ['stacks', 'service', 'contract.ts', 'package-lock.json', 'Dockerfile'];

const REPORT = 'docs/rehearsal-report.md';

/**
 * Whoever commits the report of a rehearsal says that all until there has been rehearsed. Meant is
 * the newest such commit before the last change of what is deployed: after it nothing would change.
 */
async function lastRehearsed(git: Git): Promise<string | undefined> {
  const isEdited = (await git('status', '--porcelain', '--', ...DEPLOYED)) !== undefined;
  const changed = isEdited ? 'HEAD' : await git('log', '-1', '--format=%H^', '--', ...DEPLOYED);
  if (changed === undefined) return undefined;
  return git('log', '-1', '--format=%H', changed, '--', REPORT);
}
