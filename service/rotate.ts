/** The rotation: the idle login gets a password and the secret, then the other one loses its own. */
import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { loadRotationConfig, type RotationConfig } from './config.ts';
import { type Login, parseLogin } from './database/credentials.ts';
import { requireRefused, requireWelcome } from './database/login-trial.ts';
import { asOwner } from './database/owner.ts';
import { patientSecrets } from './database/patient-secrets.ts';
import * as roles from './database/roles.ts';
import { type SecretStore, secretsManager } from './database/secret-store.ts';
import { whenReachable } from './database/wait.ts';
import { runCommand, StartError } from './exit.ts';
import { createLogger, type Logger } from './observability/logger.ts';

/** 128 and the number of SIGTERM, as in shells. */
const EXIT_STOPPED = 143;

interface Rotation extends RotationConfig {
  readonly secrets: SecretStore;
  readonly log: Logger;
}

interface AppLogin extends Login {
  readonly user: roles.AppLogin;
}

/** What was in the secret, and what is there now. */
interface Change {
  readonly from: AppLogin;
  readonly to: AppLogin;
  /** Whether an earlier rotation had not ended. */
  readonly repaired: boolean;
}

/**
 * No request fails: the old password lives on for the grace time, and whoever is refused after it
 * reads the secret again. Broken off anywhere, the secret names a login that works, and the next
 * rotation makes good what is missing.
 *
 * @throws StartError while a restore is at work; Error when the old password still opens
 */
export async function rotate(
  config: RotationConfig,
  store: SecretStore,
  log: Logger,
): Promise<void> {
  const rotation = { ...config, secrets: patientSecrets(store, log), log };
  const change = await whenReachable(() => switchLogin(rotation), log);
  if (change === undefined) {
    // A schedule may come before the very first migration; that is no failure to wake anybody for.
    log.warn({ rotated: false }, 'nothing to rotate yet: the first migration makes the login');
    return;
  }
  const { graceSeconds } = config;
  const { repaired } = change;
  const [from, to] = [change.from.user, change.to.user];
  log.info({ from, to, graceSeconds }, 'the secret has the new login, the old one lives on');
  // Without the lock: neither a migration nor another rotation waits for it.
  await wait(graceSeconds * 1000);
  const sessions = await whenReachable(() => retire(rotation, change), log);
  log.info({ rotated: { from, to, sessions, retired: true, repaired } }, 'rotated');
}

/** @returns undefined while the secret is empty */
function switchLogin(rotation: Rotation): Promise<Change | undefined> {
  const { database, secrets, secretId } = rotation;
  return asOwner(database, secrets, async (owner) => {
    const kept = await secrets.read(secretId);
    if (kept === undefined) return undefined;
    const from = loginIn(kept, rotation);
    const [a, b] = roles.APP_LOGINS;
    const user = from.user === a ? b : a;
    const repaired = await roles.isAlive(owner, user);
    if (repaired) rotation.log.warn(`an earlier rotation has not ended: ${user} was still alive`);
    const to = { user, password: await roles.renewPassword(owner, user) };
    await requireWelcome(database, to);
    const value = { ...fieldsOf(kept), username: to.user, password: to.password };
    await secrets.write(secretId, JSON.stringify(value));
    return { from, to, repaired };
  });
}

/** Only now, and only where the secret is still as it was left: a restore or a rotation may have come. */
function retire(rotation: Rotation, { from, to }: Change): Promise<Record<string, number>> {
  const { database, secrets, secretId, log } = rotation;
  return asOwner(database, secrets, async (owner) => {
    const current = loginIn(await secrets.read(secretId), rotation);
    await requireWelcome(database, current);
    if (current.user === to.user && current.password === to.password) {
      await roles.retirePassword(owner, from.user);
    } else {
      log.warn('another rotation came meanwhile: it has renewed or retired the old login');
    }
    await requireRefused(database, from);
    return roles.sessionsByLogin(owner);
  });
}

/** @throws StartError when it is not ours to change */
function loginIn(secret: string | undefined, { database, secretId }: Rotation): AppLogin {
  const login = parseLogin(secret, secretId);
  const { address } = database;
  const { host } = login;
  if (host !== undefined && 'host' in address && host !== address.host) {
    throw new StartError(
      `the secret leads to the database ${host}, this task to ${address.host}: a restore is at work or was broken off. End it, then rotate`,
    );
  }
  const user = roles.APP_LOGINS.find((name) => name === login.user);
  if (user === undefined) {
    throw new StartError(
      `the secret names the login ${login.user}, but only ${roles.APP_LOGINS.join(' and ')} can be rotated: somebody wrote it by hand`,
    );
  }
  return { ...login, user };
}

/** Whatever else stands beside the login stays. @param secret whose form was checked */
function fieldsOf(secret: string): Readonly<Record<string, unknown>> {
  return JSON.parse(secret) as Record<string, unknown>;
}

/** Nothing has to be put in order: it is in order at any moment. */
function endAtOnce(): void {
  writeSync(
    2,
    'rotate: stopped by SIGTERM; the secret names a login that works, and the old password may live on: rotate again\n',
  );
  process.exit(EXIT_STOPPED);
}

async function main(): Promise<void> {
  const config = loadRotationConfig();
  await rotate(config, secretsManager(), createLogger(config.logLevel));
}

if (import.meta.main) {
  process.once('SIGTERM', endAtOnce);
  void runCommand('rotate', main);
}
