/** `npm start`: the whole store on this machine, with a database, demo data and tokens for it. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pretty from 'pino-pretty';
import { loadConfig, loadOwnerConfig } from '../service/config.ts';
import { secretsManager } from '../service/database/secret-store.ts';
import { whenReachable } from '../service/database/wait.ts';
import { runCommand } from '../service/exit.ts';
import { migrate } from '../service/migrate.ts';
import { createLogger } from '../service/observability/logger.ts';
import { startStore } from '../service/server.ts';
import { startEmbedded } from '../service/embedded-postgres/server.ts';
import { announcement } from './start/announcement.ts';
import { fillDatabase, makeDatabase } from './start/database.ts';
import { requireFreePort } from './start/free-port.ts';
import { Lifetime } from './start/lifetime.ts';

const USAGE = `Usage: npm start -- [--no-seed] [--data <folder>]

Runs the store on this machine: starts PostgreSQL, migrates it, fills it with demo data, serves.
Ctrl-C stops all of it; what was stored is kept. A second Ctrl-C does not wait.

  --no-seed        without demo data
  --data <folder>  where the database and the key of the tokens are kept; .data by default
  --help           this text

PORT (3000) and HOST (127.0.0.1) say where it listens. With DATABASE_URL it uses that database and
starts none.
`;

interface Options {
  readonly help: boolean;
  readonly seed: boolean;
  readonly data: string;
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  const lifetime = new Lifetime();
  await lifetime.run(() => start(options, lifetime));
}

async function start({ seed, data }: Options, lifetime: Lifetime): Promise<void> {
  const environment = developmentEnvironment(data);
  // What is wrong is said before anything slow begins; the database's address comes later.
  await requireFreePort(loadConfig({ DATABASE_URL: 'postgres://embedded', ...environment }));
  await mkdir(data, { recursive: true });
  // Of a database of our own this build is the only one: nobody serves on the older schema.
  const contract = environment['DATABASE_URL'] === undefined;
  environment['DATABASE_URL'] ??= await startDatabase(data, lifetime);

  const stream = pretty({ ignore: 'service', translateTime: 'SYS:HH:MM:ss', singleLine: true });
  const config = loadConfig(environment);
  // The steps speak for themselves: only their troubles are logged.
  const log = createLogger('warn', stream);
  const owner = loadOwnerConfig(environment);
  await lifetime.step('schema up to date', () =>
    whenReachable(() => migrate(owner, secretsManager(), log, { contract }), log),
  );
  if (seed) await lifetime.step('demo data there', () => fillDatabase(config, log));
  const starting = () => lifetime.own(startStore(config, stream));
  const store = await lifetime.step('service ready', starting);
  console.log(await announcement(store));
  console.log(`Started in ${(performance.now() / 1000).toFixed(1)} s. Ctrl-C stops everything.`);
}

/** The address of the store's database on a server of our own. */
async function startDatabase(data: string, lifetime: Lifetime): Promise<string> {
  const directory = join(data, 'postgres');
  return lifetime.step('PostgreSQL ready', async () => {
    const { url } = await lifetime.own(startEmbedded({ directory }));
    return makeDatabase(url, 'store');
  });
}

/** What is set, and what development needs where nothing is. */
function developmentEnvironment(data: string): NodeJS.ProcessEnv {
  const set = Object.entries(process.env).filter(([, value]) => value !== '');
  return {
    HOST: '127.0.0.1',
    AUTH_LOCAL_KEY_FILE: join(data, 'local-issuer.pem'),
    ...Object.fromEntries(set),
    NODE_ENV: 'development',
    DRAIN_SECONDS: '0',
  };
}

/** sysexits.h EX_USAGE: the command was used incorrectly. */
const EXIT_USAGE = 64;

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: 'boolean', default: false },
        'no-seed': { type: 'boolean', default: false },
        data: { type: 'string', default: join(import.meta.dirname, '../.data') },
      },
    });
    return { help: values.help, seed: !values['no-seed'], data: resolve(values.data) };
  } catch (error) {
    process.stderr.write(`start: ${(error as Error).message}\n\n${USAGE}`);
    return process.exit(EXIT_USAGE);
  }
}

if (import.meta.main) void runCommand('start', main);
