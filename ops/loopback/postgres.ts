/** A PostgreSQL of one's own with the durability of production, to be stopped and started at will. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findPostgres } from '../../service/embedded-postgres/binaries.ts';
import { isAlive, openDirectory } from '../../service/embedded-postgres/directory.ts';
import { startEmbedded } from '../../service/embedded-postgres/server.ts';

/** `fast` breaks sessions off and writes everything down; `immediate` is a crash. */
export type ShutdownMode = 'fast' | 'immediate';

export interface OwnPostgres {
  /** Of the superuser; the port stays the same over restarts. */
  readonly url: string;
  readonly data: string;
  shutDown(mode: ShutdownMode): Promise<void>;
  /** Resolves once it accepts connections. Safe where it runs already: then it restarts. */
  startAgain(): Promise<void>;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

const FOLDER = join(import.meta.dirname, '../../.data');

/**
 * Also takes away what was left by a process that was killed: the server is no child that would end
 * with it.
 * @param settings `name=value`, as in postgresql.conf
 */
export async function startPostgres(settings: readonly string[] = []): Promise<OwnPostgres> {
  await removeLeftovers();
  const directory = join(FOLDER, `loopback-${process.pid}-${randomUUID()}`);
  const server = await startEmbedded({ directory, settings });
  const postgres = await findPostgres(directory);
  const { data, log } = await openDirectory(directory, postgres);
  return {
    url: server.url,
    data,
    shutDown: (mode) => postgres.run('pg_ctl', ['stop', '--wait', `--mode=${mode}`, '-D', data]),
    // `restart` starts with the options of before, also what does not run.
    startAgain: () =>
      postgres.run('pg_ctl', ['restart', '--wait', '--mode=fast', '-D', data, '-l', log]),
    async close() {
      await server.stop().catch(() => undefined);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function removeLeftovers(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const name of await readdir(FOLDER)) {
    const [, pid] = /^loopback-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const directory = join(FOLDER, name);
    const postgres = await findPostgres(directory);
    await postgres
      .run('pg_ctl', ['stop', '--mode=immediate', '-D', join(directory, 'data')])
      // It does not run any more.
      .catch(() => undefined);
    // A disk that a drill had put there (small-disk.ts); mostly there is none.
    await promisify(execFile)('umount', ['--lazy', join(directory, 'data')]).catch(() => undefined);
    await rm(directory, { recursive: true, force: true });
  }
}
