/**
 * The switch to another database, as after a restore: a new login there, nobody left here, then the
 * secret names both. `node service/switch.ts [<host> <secret of the owner>]` of the one to leave;
 * without them nobody is there to be shut out.
 */
import { ConfigError } from './config-error.ts';
import { type DatabaseConfig, loadOwnerConfig, type OwnerConfig } from './config.ts';
import { type Login, parseLogin } from './database/credentials.ts';
import { fence } from './database/fence.ts';
import { requireWelcome } from './database/login-trial.ts';
import { asOwner } from './database/owner.ts';
import { patientSecrets } from './database/patient-secrets.ts';
import { APP_LOGINS, renewPassword, retirePassword } from './database/roles.ts';
import { type SecretStore, secretsManager } from './database/secret-store.ts';
import { whenReachable } from './database/wait.ts';
import { runCommand } from './exit.ts';
import { createLogger, type Logger } from './observability/logger.ts';

/** The database that is left. */
export interface Left {
  readonly host: string;
  readonly secretId: string;
}

/**
 * The service is without a database from the fence until it reads the secret again, which its first
 * refused login makes it do. Broken off anywhere it may be done again; the secret never names a
 * login that was not tried, and no two databases are written to.
 */
export async function switchDatabase(
  { database, secretId }: OwnerConfig,
  {
    left,
    secrets,
    log,
  }: { readonly left?: Left; readonly secrets: SecretStore; readonly log: Logger },
): Promise<void> {
  if (secretId === undefined) throw new ConfigError(['DATABASE_SECRET_ID is missing']);
  const host = hostOf(database);
  await asOwner(database, secrets, async (owner) => {
    const kept = await secrets.read(secretId);
    const present = kept === undefined ? undefined : parseLogin(kept, secretId);
    const [a, b] = APP_LOGINS;
    const [user, other] = present?.user === a ? [b, a] : [a, b];
    const login: Login = { user, host, password: await renewPassword(owner, user) };
    await requireWelcome(database, login);
    // Its password is that of the moment which was restored.
    await retirePassword(owner, other);
    const write = async (): Promise<void> => {
      const rest = JSON.parse(kept ?? '{}') as object;
      const value = { ...rest, username: user, password: login.password, host };
      await secrets.write(secretId, JSON.stringify(value));
    };
    const sessions =
      left === undefined ? undefined : await leave(database, { left, secrets, write });
    if (sessions === undefined) await write();
    log.info({ switched: { host, login: user, sessions: sessions ?? null } }, 'switched');
  });
}

interface Leaving {
  readonly left: Left;
  readonly secrets: SecretStore;
  readonly write: () => Promise<void>;
}

/** Its lock is held until the secret is written: a rotation there would write its own login after us. */
function leave(database: DatabaseConfig, { left, secrets, write }: Leaving): Promise<number> {
  const there = { ...database, address: { ...database.address, ...left } };
  return asOwner(there, secrets, async (owner) => {
    const sessions = await fence(owner);
    await write();
    return sessions;
  });
}

function hostOf({ address }: DatabaseConfig): string {
  if ('host' in address) return address.host;
  throw new ConfigError(['DATABASE_HOST is missing: a URL cannot be switched to']);
}

async function main([host, leftSecretId]: readonly string[]): Promise<void> {
  const config = loadOwnerConfig();
  const log = createLogger(config.logLevel);
  const left =
    host === undefined || leftSecretId === undefined
      ? {}
      : { left: { host, secretId: leftSecretId } };
  await whenReachable(
    () => switchDatabase(config, { ...left, secrets: patientSecrets(secretsManager(), log), log }),
    log,
  );
}

if (import.meta.main) void runCommand('switch', () => main(process.argv.slice(2)));
