/** The migration: brings the schema up to this build, then makes the service's logins. */
import { join } from 'node:path';
import { runner } from 'node-pg-migrate';
import type { Client } from 'pg';
import { loadOwnerConfig, type OwnerConfig } from './config.ts';
import { asOwner } from './database/owner.ts';
import { APP_LOGINS, ensureRoles, renewPassword } from './database/roles.ts';
import { MIGRATIONS, MIGRATIONS_TABLE, schemaVersion } from './database/schema.ts';
import { type SecretStore, secretsManager } from './database/secret-store.ts';
import { whenReachable } from './database/wait.ts';
import { runCommand } from './exit.ts';
import { createLogger, type Logger } from './observability/logger.ts';

/** Safe to repeat, to interrupt and to run twice at once. */
export async function migrate(
  { database, secretId }: OwnerConfig,
  secrets: SecretStore,
  log: Logger,
): Promise<void> {
  await asOwner(database, secrets, async (owner) => {
    const applied = await applyMigrations(owner, log);
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

/** Each migration in a transaction of its own; their names, oldest first. */
export async function applyMigrations(owner: Client, log: Logger): Promise<string[]> {
  const applied = await runner({
    dbClient: owner,
    dir: join(MIGRATIONS, '*.sql'),
    useGlob: true,
    direction: 'up',
    migrationsTable: MIGRATIONS_TABLE,
    // `asOwner` holds a lock that covers the logins too.
    noLock: true,
    logger: {
      debug: (line) => log.debug(line),
      info: (line) => log.debug(line),
      warn: (line) => log.warn(line),
      error: (line) => log.error(line),
    },
  });
  return applied.map(({ name }) => name);
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
  const config = loadOwnerConfig();
  const log = createLogger(config.logLevel);
  await whenReachable(() => migrate(config, secretsManager(), log), log);
}

if (import.meta.main) void runCommand('migrate', main);
