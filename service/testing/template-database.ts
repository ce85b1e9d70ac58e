/** Databases for tests: one is migrated, the others are copies of it, made in milliseconds. */
import { randomUUID } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { ensureRoles, renewPassword } from '../database/roles.ts';
import { applyMigrations } from '../migrate.ts';
import { createLogger } from '../observability/logger.ts';

const TEMPLATE = 'store_template';
const LOGIN = 'store_app_a';

/** Migrates the template and makes the service's login, whose password the tests are told. */
export async function migratedTemplate(serverUrl: string): Promise<void> {
  await asSuperuser(serverUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${TEMPLATE}`);
  });
  await asSuperuser(databaseUrl(serverUrl, TEMPLATE), async (client) => {
    await applyMigrations(client, createLogger('silent'));
    await ensureRoles(client);
    process.env['TEST_APP_PASSWORD'] = await renewPassword(client, LOGIN);
  });
}

export interface TestDatabase {
  /** Of a login that may do what the service may do, and nothing more. */
  readonly url: string;
  /** Of the owner. */
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

/** A database of one's own. `empty`: not even migrated. */
export async function createTestDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const serverUrl = serverUrlOfTests();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = empty ? 'template0' : TEMPLATE;
  await asSuperuser(serverUrl, (client) =>
    client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${template}`),
  );
  const ownerUrl = databaseUrl(serverUrl, name);
  const url = new URL(ownerUrl);
  url.username = LOGIN;
  url.password = process.env['TEST_APP_PASSWORD'] ?? '';
  return {
    url: url.href,
    ownerUrl,
    drop: () =>
      asSuperuser(serverUrl, async (client) => {
        await client.query(`DROP DATABASE ${escapeIdentifier(name)} WITH (FORCE)`);
      }),
  };
}

export async function asSuperuser<Result>(
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

function serverUrlOfTests(): string {
  const url = process.env['TEST_SERVER_URL'];
  if (url === undefined) throw new Error('the global setup of the tests did not run');
  return url;
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
