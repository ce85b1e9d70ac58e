/** How a connection is had from the pool, also while a login or the server changes. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Credentials } from './credentials.ts';
import { classify, mayPass } from './errors.ts';

/** A connection; nothing was sent yet, so every failure to get one may be met with another try. */
export async function acquireClient(pool: Pool, credentials?: Credentials): Promise<PoolClient> {
  const login = credentials?.generation;
  try {
    return await pool.connect();
  } catch (error) {
    const kind = classify(error);
    if (kind === 'login-refused' && credentials !== undefined) {
      await credentials.refresh(login);
      return pool.connect();
    }
    if (!mayPass(kind)) throw error;
    await wait(50 + Math.random() * 100);
    // Where all are lent, another login would only have the ones that are open closed.
    if (kind !== 'full') await credentials?.refreshWhenDue(login);
    return pool.connect();
  }
}
