/** How the migration and the rotation work on the database: as its owner, one at a time. */
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { DatabaseConfig } from '../config.ts';
import { parseLogin } from './credentials.ts';
import { connectionOptions } from './pool.ts';
import type { SecretStore } from './secret-store.ts';

/** Any number of our own: held by whoever changes schema or logins. */
const LOCK = 7_305_022_615;

/** Milliseconds between two tries to get it. */
const PAUSE = 500;

/** Connects as the owner and holds the lock while `work` runs; a second one waits. */
export async function asOwner<Result>(
  config: DatabaseConfig,
  secrets: SecretStore,
  work: (owner: Client) => Promise<Result>,
): Promise<Result> {
  const owner = new Client({
    ...connectionOptions(config),
    ...(await ownerLogin(config, secrets)),
  });
  // Told by the query that fails; without a listener it would end the process.
  owner.on('error', () => undefined);
  try {
    await owner.connect();
    await takeLock(owner);
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/**
 * Asks again and again: a statement that waits in PostgreSQL holds a snapshot all the while, and the
 * other one's CREATE INDEX CONCURRENTLY would wait for that.
 */
async function takeLock(owner: Client): Promise<void> {
  for (;;) {
    const { rows } = await owner.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS taken',
      [LOCK],
    );
    if (rows[0]?.taken === true) return;
    await wait(PAUSE);
  }
}

async function ownerLogin({ address }: DatabaseConfig, secrets: SecretStore) {
  if ('url' in address) return undefined;
  return parseLogin(await secrets.read(address.secretId), address.secretId);
}
