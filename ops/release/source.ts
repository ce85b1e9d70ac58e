/** What is released: which commit, and whether all of it is committed. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';

export const PROJECT_FOLDER = join(import.meta.dirname, '../..');

export interface Source {
  /** Full SHA-1, with `-dirty` when something is not committed; `unknown` outside of git. */
  readonly commit: string;
  readonly isDirty: boolean;
}

/** @throws Refusal where production would get what nobody can find again */
export async function sourceFor({ name, production }: Environment): Promise<Source> {
  const source = await readSource();
  if (production && source.isDirty) {
    throw new Refusal(
      `${name} is production, and what is here is not all committed (${source.commit}), the stacks included: commit it, or take it away (git stash)`,
    );
  }
  return source;
}

/** Exactly what the commit has, whatever is edited meanwhile; all that is here when it is dirty. */
export async function withFilesOf<Result>(
  { commit, isDirty }: Source,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  if (isDirty) return work(PROJECT_FOLDER);
  const folder = await mkdtemp(join(tmpdir(), 'release-'));
  try {
    const archive = join(folder, 'source.tar');
    const files = join(folder, 'files');
    await git('archive', '--format=tar', '--prefix=files/', '--output', archive, commit);
    await promisify(execFile)('tar', ['-xf', archive, '-C', folder]);
    return await work(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of whatever is here, committed or not. */
export async function readSource(): Promise<Source> {
  try {
    const [commit, changes] = await Promise.all([
      git('rev-parse', 'HEAD'),
      git('status', '--porcelain'),
    ]);
    const isDirty = changes !== '';
    return { commit: isDirty ? `${commit}-dirty` : commit, isDirty };
  } catch {
    return { commit: 'unknown', isDirty: true };
  }
}

async function git(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, { cwd: PROJECT_FOLDER });
  return stdout.trim();
}
