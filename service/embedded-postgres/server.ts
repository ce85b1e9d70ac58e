/**
 * A PostgreSQL of our own, from an npm package: for the tests and for `npm start`. It outlives the
 * process that started it; what a killed one left behind is taken over by the next.
 */
import { readFile, rm } from 'node:fs/promises';
import { StartError } from '../exit.ts';
import { findPostgres, type Postgres } from './binaries.ts';
import { openDirectory, type PostgresDirectory } from './directory.ts';
import { freePort } from './free-port.ts';
import { own, type OwnedServer, takeOver } from './ownership.ts';

export interface EmbeddedServer {
  /** Of the superuser. */
  readonly url: string;
  stop(): Promise<void>;
}

interface Options {
  /** Of this server alone: made when it is missing, and kept. */
  readonly directory: string;
  /** `name=value`, as in postgresql.conf. */
  readonly settings?: readonly string[];
}

/** @throws StartError also when another process that still runs has started or taken over it */
export async function startEmbedded({
  directory,
  settings = [],
}: Options): Promise<EmbeddedServer> {
  const postgres = await findPostgres(directory);
  const place = await openDirectory(directory, postgres);
  const { url, ownership } =
    (await takeOver(place)) ?? (await launch(place, { postgres, settings }));
  return {
    url,
    async stop() {
      await postgres.run('pg_ctl', ['stop', '--mode=fast', `--pgdata=${place.data}`]);
      await ownership.end();
    },
  };
}

/** Times a port that seemed free is taken by somebody else meanwhile. */
const ATTEMPTS = 3;

interface Launch {
  readonly postgres: Postgres;
  readonly settings: readonly string[];
}

async function launch(
  place: PostgresDirectory,
  { postgres, settings }: Launch,
  attempt = 1,
): Promise<OwnedServer> {
  const { data, log } = place;
  const port = await freePort();
  const options = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings];
  const flags = [`-p ${port}`, ...options.map((option) => `-c ${option}`)].join(' ');
  await rm(log, { force: true });
  try {
    await postgres.run('pg_ctl', ['start', '--wait', '-D', data, '-l', log, '-o', flags]);
  } catch (error) {
    const said = await readFile(log, 'utf8').catch(() => String(error));
    if (said.includes('Address already in use') && attempt < ATTEMPTS) {
      return launch(place, { postgres, settings }, attempt + 1);
    }
    throw new StartError(explain(data, said));
  }
  return own(place, port);
}

/** Lines of the server's log that tell why it did not start. */
const LAST_LINES = 10;

function explain(data: string, log: string): string {
  if (log.includes('not compatible with this version')) {
    return `the data in ${data} is of another version of PostgreSQL: move its folder away`;
  }
  const end = log.trim().split('\n').slice(-LAST_LINES).join('\n  ');
  return `PostgreSQL does not start on ${data}; its last words:\n  ${end}`;
}
