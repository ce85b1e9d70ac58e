/** The rotation: a new password for the login that is idle, then the secret names that one. */
import { Client } from 'pg';
import { ConfigError } from './config-error.ts';
import { type DatabaseConfig, loadOwnerConfig, type OwnerConfig } from './config.ts';
import { type Login, parseLogin } from './database/credentials.ts';
import { asOwner } from './database/owner.ts';
import { connectionOptions } from './database/pool.ts';
import { APP_LOGINS, renewPassword } from './database/roles.ts';
import { type SecretStore, secretsManager } from './database/secret-store.ts';
import { runCommand } from './exit.ts';
import { createLogger, type Logger } from './observability/logger.ts';

/**
 * No request fails: the login in use keeps its password until the next rotation. Interrupted
 * anywhere, the secret still names a login that works.
 */
export async function rotate(
  { database, secretId }: OwnerConfig,
  secrets: SecretStore,
  log: Logger,
): Promise<void> {
  if (secretId === undefined) throw new ConfigError(['DATABASE_SECRET_ID is missing']);
  await asOwner(database, secrets, async (owner) => {
    const kept = await secrets.read(secretId);
    if (kept === undefined) {
      // A schedule may come before the very first migration; that is no failure to wake anybody for.
      log.warn('nothing to rotate yet: the first migration makes the login');
      return;
    }
    const { user: current } = parseLogin(kept, secretId);
    const idle = current === APP_LOGINS[0] ? APP_LOGINS[1] : APP_LOGINS[0];
    const login = { user: idle, password: await renewPassword(owner, idle) };
    await tryLogin(database, login);
    const value = { username: login.user, password: login.password };
    await secrets.write(secretId, JSON.stringify(value));
    log.info({ from: current, to: idle }, 'rotated');
  });
}

/** What the service would be told to use must work. */
async function tryLogin(database: DatabaseConfig, login: Login): Promise<void> {
  const client = new Client(connectionOptions(database, login));
  await client.connect();
  await client.end();
}

async function main(): Promise<void> {
  const config = loadOwnerConfig();
  await rotate(config, secretsManager(), createLogger(config.logLevel));
}

if (import.meta.main) void runCommand('rotate', main);
