/** The folder of an embedded server: its data, the password of its superuser, its log. */
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Postgres } from './binaries.ts';

export interface PostgresDirectory {
  readonly data: string;
  readonly log: string;
  readonly password: string;
}

/** Made when it is missing: under another name first, so that it is there whole or not at all. */
export async function openDirectory(
  directory: string,
  postgres: Postgres,
): Promise<PostgresDirectory> {
  if ((await stat(directory).catch(() => undefined)) === undefined) {
    await mkdir(dirname(directory), { recursive: true });
    await removeLeftovers(directory);
    await create(directory, postgres);
  }
  return {
    data: join(directory, 'data'),
    log: join(directory, 'server.log'),
    password: await readFile(join(directory, 'password'), 'utf8'),
  };
}

const draft = (directory: string, pid: number) => `${directory}.new-${pid}`;

async function create(directory: string, postgres: Postgres): Promise<void> {
  const fresh = draft(directory, process.pid);
  const password = join(fresh, 'password');
  const { owner } = postgres;
  try {
    await mkdir(fresh, { mode: 0o700 });
    await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (owner !== undefined) await chown(fresh, owner.uid, owner.gid);
    await postgres.run('initdb', [
      `--pgdata=${join(fresh, 'data')}`,
      '--username=postgres',
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ]);
    await rename(fresh, directory);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another start was faster: its folder is as good.
    if (!['EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** What starts left that were killed at it. */
async function removeLeftovers(directory: string): Promise<void> {
  const prefix = basename(draft(directory, 0)).slice(0, -1);
  const names = await readdir(dirname(directory));
  for (const name of names.filter((entry) => entry.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length));
    if (pid !== process.pid && isAlive(pid)) continue;
    // An initdb that outlived its start may still be writing.
    await rm(join(dirname(directory), name), { recursive: true, force: true, maxRetries: 20 });
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // No such process, or one of another user: neither is ours.
    return false;
  }
}
