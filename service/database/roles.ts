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
  await owner.query(`
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

/** Gives a login a new password, which is returned; connections that are open stay. */
export async function renewPassword(owner: Client, login: AppLogin): Promise<string> {
  const password = newPassword();
  const verifier = escapeLiteral(await scramVerifier(password));
  await owner.query(`ALTER ROLE ${escapeIdentifier(login)} PASSWORD ${verifier}`);
  return password;
}
