/**
 * Whose an embedded server is: a lock inside it says so, which ends with the process that holds it,
 * however that ends. So a server without owner can be told from one that somebody uses.
 */
import { readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { classify } from '../database/errors.ts';
import { StartError } from '../exit.ts';
import { isAlive, type PostgresDirectory } from './directory.ts';

export interface OwnedServer {
  readonly url: string;
  /** The session that holds the lock. */
  readonly ownership: Client;
}

/** Any number of our own. */
const LOCK = 7_305_022_616;

/** Milliseconds until who holds the lock is taken for alive, and a process for no server. */
const MOMENT = 2000;
/** Milliseconds until a server must be up or down. */
const PATIENCE = 60_000;

/** Makes the server on that port ours. @throws StartError when it is somebody's */
export async function own(
  { data, password }: PostgresDirectory,
  port: number,
): Promise<OwnedServer> {
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  const ownership = new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE });
  // Broken by `stop`; whoever uses the server meanwhile notices by himself.
  ownership.on('error', () => undefined);
  try {
    await ownership.connect();
    await ownership.query(`SET lock_timeout = ${MOMENT}`);
    await ownership.query('SELECT pg_advisory_lock($1)', [LOCK]);
    return { url, ownership };
  } catch (error) {
    await ownership.end();
    if (classify(error) !== 'timeout') throw error;
    throw new StartError(`the data in ${data} is in use by another process that still runs`);
  }
}

/** Of a server that runs on this data already; undefined when there is none. @throws StartError */
export async function takeOver(place: PostgresDirectory): Promise<OwnedServer | undefined> {
  const begun = performance.now();
  for (;;) {
    const server = await readPidFile(place);
    if (server === undefined) return undefined;
    try {
      return await own(place, server.port);
    } catch (error) {
      await bear(error, server, performance.now() - begun);
    }
    await wait(50);
  }
}

/** @throws unless it may be better soon */
async function bear(error: unknown, { file, pid }: PidFile, waited: number): Promise<void> {
  const refused = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
  if (refused && waited > MOMENT) {
    // A server has its port open from its first moment to its last: this process is not one.
    await rm(file);
    return;
  }
  const kind = classify(error);
  // It is starting, or about to end.
  if (kind === 'unreachable' && waited < PATIENCE) return;
  if (kind === 'lost' && waited < MOMENT) return;
  if (error instanceof StartError) throw error;
  throw new StartError(
    `${file} names process ${pid}, which does not answer as this database: ${String(error)}. ` +
      'Stop it; if it is not PostgreSQL, remove that file',
  );
}

interface PidFile {
  readonly file: string;
  readonly pid: number;
  readonly port: number;
}

/** What PostgreSQL's own lock file says, unless its process is gone. */
async function readPidFile({ data }: PostgresDirectory): Promise<PidFile | undefined> {
  const file = join(data, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  const [pid, where = '', , port] = text.split('\n');
  if (port === undefined || !isAlive(Number(pid))) return undefined;
  if ((await realpath(where).catch(() => '')) !== (await realpath(data))) {
    throw new StartError(
      `${file} is of the server on ${where}: stop that one (kill ${pid}); if this is a copy of its ` +
        'folder, remove the file',
    );
  }
  return { file, pid: Number(pid), port: Number(port) };
}
