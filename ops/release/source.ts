/** What is released: which commit, and whether all of it is committed. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';

const PROJECT_FOLDER = join(import.meta.dirname, '../..');

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
      `${name} is production, and what is here is not all committed (${source.commit}): commit it, or release an environment's image with --from`,
    );
  }
  return source;
}

async function readSource(): Promise<Source> {
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
