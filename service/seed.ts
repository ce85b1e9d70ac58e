/** The demo store: fills an empty database, or goes on where it was interrupted. */
import { basename } from 'node:path';
import { loadSeedConfig, type SeedConfig } from './config.ts';
import { createDatabase } from './database/database.ts';
import { credentialsFor, openPool, poolOptions } from './database/pool.ts';
import { schemaMismatch } from './database/schema.ts';
import { whenReachable } from './database/wait.ts';
import { seed } from './demo/seed.ts';
import { runCommand, StartError } from './exit.ts';
import { createLogger, type Logger } from './observability/logger.ts';

const HELP = `node service/${basename(import.meta.filename)}

Fills an empty store with a demo: products with stock, customers, and three
months of orders. It needs the variables of the service and a migrated database.
Interrupted, it goes on when it is run again; a store that has its demo already,
or products of its own, is left as it is.
`;

async function main([argument]: readonly string[]): Promise<void> {
  if (argument === '--help') {
    process.stdout.write(HELP);
    return;
  }
  if (argument !== undefined) throw new StartError(`unknown argument ${argument}, see --help`);
  const config = loadSeedConfig();
  await seedDatabase(config, createLogger(config.logLevel));
}

async function seedDatabase({ database, currency }: SeedConfig, log: Logger): Promise<void> {
  const credentials = credentialsFor(database);
  const pool = openPool(poolOptions(database, credentials), log);
  try {
    const db = createDatabase(pool, credentials);
    const mismatch = await whenReachable(() => schemaMismatch(db.read), log);
    if (mismatch !== undefined) throw new StartError(mismatch);
    await seed({ db, log, currency });
  } finally {
    await pool.end();
  }
}

if (import.meta.main) void runCommand('seed', () => main(process.argv.slice(2)));
