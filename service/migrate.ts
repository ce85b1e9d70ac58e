/** The migration: brings the schema up to this build, then makes the service's logins. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type MigrationBuilder, runner } from 'node-pg-migrate';
import type { Client } from 'pg';
import { loadOwnerConfig, type OwnerConfig } from './config.ts';
import { despiteLocks, LOCK_LIMIT } from './database/lock-patience.ts';
import { dropInvalidIndex } from './database/migration-guard/catalogue.ts';
import { indexBuiltAlone } from './database/migration-guard/create-index.ts';
import { guard } from './database/migration-guard/guard.ts';
import { EXIT_NEEDS_CONTRACT, NeedsContract } from './database/migration-guard/needs-contract.ts';
import { asOwner } from './database/owner.ts';
import { APP_LOGINS, ensureRoles, renewPassword } from './database/roles.ts';
import {
  appliedMigrations,
  MIGRATIONS,
  MIGRATIONS_TABLE,
  raiseMinimumBuild,
  schemaVersion,
} from './database/schema.ts';
import { type SecretStore, secretsManager } from './database/secret-store.ts';
import { whenReachable } from './database/wait.ts';
import { runCommand } from './exit.ts';
import { createLogger, type Logger } from './observability/logger.ts';

interface MigrationOptions {
  /** Whether somebody allowed what contracts, or locks a large table. @default false */
  readonly contract?: boolean;
  /** Folder of the migrations. @default this build's */
  readonly folder?: string;
}

/**
 * Safe to repeat, to interrupt and to run twice at once.
 * @throws NeedsContract, before anything is changed, for what breaks or stops the build that serves
 */
export async function migrate(
  { database, secretId }: OwnerConfig,
  secrets: SecretStore,
  log: Logger,
  options: MigrationOptions = {},
): Promise<void> {
  await asOwner(database, secrets, async (owner) => {
    const applied = await applyMigrations(owner, log, options);
    const schema = await schemaVersion(owner);
    log.info(
      { applied, schema },
      applied.length === 0 ? 'the schema is up to date' : 'schema migrated',
    );
    if (secretId === undefined) return;
    await ensureRoles(owner);
    const filled = await fillSecret(owner, secrets, secretId);
    log.info(filled ? 'the secret of the service is filled' : 'the service has its login');
  });
}

/**
 * Each migration in a transaction of its own, but for an index that is built beside writers.
 * @returns their names, oldest first
 * @throws NeedsContract; StartError when somebody else holds a table for too long
 */
export async function applyMigrations(
  owner: Client,
  log: Logger,
  { contract = false, folder = MIGRATIONS }: MigrationOptions = {},
): Promise<string[]> {
  const done = await appliedMigrations(owner);
  const texts = await migrationsIn(folder);
  const pending = texts.filter(({ name }) => !done.has(name));
  const contracting = await guard(owner, { pending, isFirst: done.size === 0, contract });
  const alone = new Set<string>();
  for (const { file, sql } of pending) {
    const index = await indexBuiltAlone(sql);
    if (index === undefined) continue;
    alone.add(file);
    await dropInvalidIndex(owner, index);
  }
  await despiteLocks(owner, log, () =>
    runner({
      dbClient: owner,
      dir: join(folder, '*.sql'),
      useGlob: true,
      direction: 'up',
      migrationsTable: MIGRATIONS_TABLE,
      migrationLoaderStrategies: [{ extensions: ['.sql'], loader: units }],
      // `asOwner` holds a lock that covers the logins too.
      noLock: true,
      logger: quieter(log),
    }),
  );
  return pending.map(({ name }) => name);

  /** What runs is the very text that was judged; it raises the minimum build as it contracts. */
  async function units(paths: readonly string[]) {
    return paths.map((path) => {
      const { name, sql } = texts.find(({ file }) => file === basename(path)) ?? noText(path);
      const steps = contracting.has(`${name}.sql`) ? [sql, raiseMinimumBuild(name)] : [sql];
      const up = (builder: Pick<MigrationBuilder, 'sql' | 'noTransaction'>) => {
        if (alone.has(`${name}.sql`)) builder.noTransaction();
        else builder.sql(LOCK_LIMIT);
        for (const step of steps) builder.sql(step);
      };
      return { id: path, filePaths: [path], actions: { up, down: false as const } };
    });
  }
}

/** The runner's lines, of which nobody needs the good ones. */
function quieter(log: Logger) {
  return {
    debug: (line: string) => log.debug(line),
    info: (line: string) => log.debug(line),
    warn: (line: string) => log.warn(line),
    error: (line: string) => log.error(line),
  };
}

function noText(path: string): never {
  throw new Error(`${path} appeared after the others had been judged: migrate again`);
}

async function migrationsIn(folder: string) {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted();
  return Promise.all(
    files.map(async (file) => ({
      name: basename(file, '.sql'),
      file,
      sql: await readFile(join(folder, file), 'utf8'),
    })),
  );
}

/** Once: a secret that has a value is left to the rotation. */
async function fillSecret(owner: Client, secrets: SecretStore, secretId: string): Promise<boolean> {
  if ((await secrets.read(secretId)) !== undefined) return false;
  const [username] = APP_LOGINS;
  const password = await renewPassword(owner, username);
  await secrets.write(secretId, JSON.stringify({ username, password }));
  return true;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { contract: { type: 'boolean', default: false } } });
  const config = loadOwnerConfig();
  const log = createLogger(config.logLevel);
  try {
    await whenReachable(() => migrate(config, secretsManager(), log, values), log);
  } catch (error) {
    if (!(error instanceof NeedsContract)) throw error;
    // For the release, which tells it again.
    log.error({ needsContract: error.findings }, 'refused');
    process.stderr.write(`migrate: ${error.message}\n`);
    process.exitCode = EXIT_NEEDS_CONTRACT;
  }
}

if (import.meta.main) void runCommand('migrate', main);
