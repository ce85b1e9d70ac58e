/** How a connection is had from the pool, also while a login or the server changes. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Credentials } from './credentials.ts';
import { classify, type DatabaseErrorKind, mayPass } from './errors.ts';

/**
 * A connection; nothing was sent yet, so every failure to get one may be met with another try. What
 * may help is tried once each: a login may change in the moment in which the way breaks.
 */
export async function acquireClient(pool: Pool, credentials?: Credentials): Promise<PoolClient> {
  const tried = new Set<Remedy>();
  for (;;) {
    const login = credentials?.generation;
    try {
      return await pool.connect();
    } catch (error) {
      const remedy = remedyFor(classify(error), credentials);
      if (remedy === undefined || tried.has(remedy)) throw error;
      tried.add(remedy);
      await remedy(credentials, login);
    }
  }
}

/** @param login the reading of the credentials that did not help */
type Remedy = (credentials: Credentials | undefined, login: number | undefined) => Promise<void>;

function remedyFor(kind: DatabaseErrorKind, credentials?: Credentials): Remedy | undefined {
  if (kind === 'login-refused') return credentials && readLogin;
  // Where all are lent, another login would only have the ones that are open closed.
  if (kind === 'full') return pause;
  return mayPass(kind) ? lookElsewhere : undefined;
}

const readLogin: Remedy = async (credentials, login) => credentials?.refresh(login);

const pause: Remedy = () => wait(50 + Math.random() * 100);

const lookElsewhere: Remedy = async (credentials, login) => {
  await pause(credentials, login);
  await credentials?.refreshWhenDue(login);
};
