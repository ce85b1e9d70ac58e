/** Whether a login opens the database, tried as anybody would: by logging in. */
import { Client } from 'pg';
import type { DatabaseConfig } from '../config.ts';
import type { Login } from './credentials.ts';
import { connectionOptions } from './pool.ts';

/** @throws Error when it does not, and when it leads to somebody else */
export async function requireWelcome(database: DatabaseConfig, login: Login): Promise<void> {
  const user = await userBy(database, login);
  if (user !== login.user) throw new Error(`${login.user} logs in as ${user}`);
}

/**
 * SQLSTATE invalid_password: what PostgreSQL says whatever is wrong with the password, also where the
 * login is barred. 28000 is no proof: it is said too where no rule lets this machine in.
 */
const REFUSED = '28P01';

/** @throws Error when it opens, or when nobody is there to refuse it */
export async function requireRefused(database: DatabaseConfig, login: Login): Promise<void> {
  const user = await userBy(database, login).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === REFUSED) return undefined;
    throw error;
  });
  if (user !== undefined) throw new Error(`${login.user} still logs in with its old password`);
}

async function userBy(database: DatabaseConfig, login: Login): Promise<string> {
  const client = new Client(connectionOptions(database, login));
  // Told by the call that fails; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ user: string }>('SELECT current_user AS user');
    return rows[0]?.user ?? '';
  } finally {
    await client.end();
  }
}
