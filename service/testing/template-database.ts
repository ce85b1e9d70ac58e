/** Databases for tests: one is migrated, the others are copies of it, made in milliseconds. */
import { randomUUID } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { ensureRoles } from '../database/roles.ts';
import { applyMigrations } from '../migrate.ts';
import { createLogger } from '../observability/logger.ts';

const TEMPLATE = 'store_template';

/** What the master user of RDS is: no superuser, but one who may make roles. */
const OWNER = 'store_owner';
/** May do what the service's logins may do; they themselves are left to the tests of rotation. */
const LOGIN = 'store_tests';
/** The server is reached from this machine only, and ends with the tests. */
const PASSWORD = 'only-for-tests';

/** Migrates the template and makes the login of the tests. */
export async function migratedTemplate(serverUrl: string): Promise<void> {
  await connected(serverUrl, async (superuser) => {
    await superuser.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
    const { rowCount } = await superuser.query('SELECT FROM pg_roles WHERE rolname = $1', [OWNER]);
    if (rowCount === 0) {
      await superuser.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD '${PASSWORD}'`);
    }
    await superuser.query(`CREATE DATABASE ${TEMPLATE} OWNER ${OWNER}`);
  });
  await connected(urlOf(serverUrl, TEMPLATE, OWNER), async (owner) => {
    await applyMigrations(owner, createLogger('silent'));
    await ensureRoles(owner);
    const { rowCount } = await owner.query('SELECT FROM pg_roles WHERE rolname = $1', [LOGIN]);
    if (rowCount !== 0) return;
    await owner.query(`CREATE ROLE ${LOGIN} LOGIN IN ROLE store_app PASSWORD '${PASSWORD}'`);
  });
}

export interface TestDatabase {
  /** Of a login that may do what the service may do, and nothing more. */
  readonly url: string;
  readonly ownerUrl: string;
  readonly superuserUrl: string;
  drop(): Promise<void>;
}

/** A database of one's own. `empty`: not even migrated. */
export async function createTestDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const serverUrl = process.env['TEST_SERVER_URL'];
  if (serverUrl === undefined) throw new Error('the global setup of the tests did not run');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const database = escapeIdentifier(name);
  const template = empty ? 'template0' : TEMPLATE;
  await connected(serverUrl, (superuser) =>
    superuser.query(`CREATE DATABASE ${database} TEMPLATE ${template} OWNER ${OWNER}`),
  );
  return {
    url: urlOf(serverUrl, name, LOGIN),
    ownerUrl: urlOf(serverUrl, name, OWNER),
    superuserUrl: urlOf(serverUrl, name),
    drop: () =>
      connected(serverUrl, async (superuser) => {
        await superuser.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
      }),
  };
}

/** Runs `work` on a connection of its own. */
export async function connected<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** @param login by default the one of the server's URL, a superuser */
function urlOf(serverUrl: string, database: string, login?: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  if (login !== undefined) {
    url.username = login;
    url.password = PASSWORD;
  }
  return url.href;
}
