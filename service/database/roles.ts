/** Who the service is in the database: one role that may change rows, two logins that alternate. */
import { type Client, escapeIdentifier, escapeLiteral } from 'pg';
import { newPassword, scramVerifier } from './scram.ts';
import { MIGRATIONS_TABLE } from './schema.ts';

/** Owns no login and no table: what it may do, its logins may do. */
const APP_ROLE = 'store_app';
/** One is in use, the other gets the next password. */
export const APP_LOGINS = ['store_app_a', 'store_app_b'] as const;
export type AppLogin = (typeof APP_LOGINS)[number];

/** What is written once stays: the service may add to these tables only. */
const APPEND_ONLY = ['stock_changes', 'order_lines', 'order_history'];

/** All that is ever deleted; everything else is archived, emptied or kept. */
const FORGETTABLE = ['api_keys', 'idempotency_keys'];

/** Makes role and logins where they are missing, and grants what the tables of today need. */
export async function ensureRoles(owner: Client): Promise<void> {
  await ensureRole(owner, APP_ROLE, 'NOLOGIN');
  for (const login of APP_LOGINS) await ensureRole(owner, login, `LOGIN IN ROLE ${APP_ROLE}`);
  const { rows } = await owner.query<{ database: string }>('SELECT current_database() AS database');
  const database = escapeIdentifier(rows[0]?.database ?? '');
  // In a new database everybody may make temporary tables; the service needs none.
  await owner.query(`
    REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO ${APP_ROLE};
    GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO ${APP_ROLE};
    GRANT DELETE ON ${FORGETTABLE.join(', ')} TO ${APP_ROLE};
    REVOKE UPDATE ON ${APPEND_ONLY.join(', ')} FROM ${APP_ROLE};
    REVOKE INSERT, UPDATE ON ${MIGRATIONS_TABLE}, schema_requirement FROM ${APP_ROLE};
  `);
}

async function ensureRole(owner: Client, name: string, options: string): Promise<void> {
  const { rowCount } = await owner.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  if (rowCount === 0) await owner.query(`CREATE ROLE ${escapeIdentifier(name)} ${options}`);
}

/** Gives a login a new password, which is returned, and lets it in; connections that are open stay. */
export async function renewPassword(owner: Client, login: AppLogin): Promise<string> {
  const password = newPassword();
  const verifier = escapeLiteral(await scramVerifier(password));
  const name = escapeIdentifier(login);
  await owner.query(`ALTER ROLE ${name} LOGIN PASSWORD ${verifier} VALID UNTIL 'infinity'`);
  return password;
}

/** From here on nobody logs in with it, until it is renewed; connections that are open stay. */
export async function retirePassword(owner: Client, login: AppLogin): Promise<void> {
  const name = escapeIdentifier(login);
  await owner.query(`ALTER ROLE ${name} PASSWORD NULL VALID UNTIL '-infinity'`);
}

/**
 * As retired, and nobody is let in who is at the door already: a password is read before it is proved,
 * which may take a minute (`authentication_timeout`), but whether a login may come in is asked after it.
 */
export async function barLogin(owner: Client, login: AppLogin): Promise<void> {
  await retirePassword(owner, login);
  await owner.query(`ALTER ROLE ${escapeIdentifier(login)} NOLOGIN`);
}

/** Whether it was renewed and not retired. Its validity says so: the owner may not see passwords. */
export async function isAlive(owner: Client, login: AppLogin): Promise<boolean> {
  const { rows } = await owner.query<{ alive: boolean | null }>(
    "SELECT rolvaliduntil = 'infinity' AS alive FROM pg_roles WHERE rolname = $1",
    [login],
  );
  return rows[0]?.alive ?? false;
}

/** How many connections each login has open. */
export async function sessionsByLogin(owner: Client): Promise<Record<AppLogin, number>> {
  const { rows } = await owner.query<{ login: AppLogin; sessions: number }>(
    `SELECT login, count(pid)::int AS sessions
       FROM unnest($1::text[]) AS login LEFT JOIN pg_stat_activity ON usename = login
      GROUP BY login`,
    [APP_LOGINS],
  );
  return Object.fromEntries(rows.map(({ login, sessions }) => [login, sessions])) as Record<
    AppLogin,
    number
  >;
}
