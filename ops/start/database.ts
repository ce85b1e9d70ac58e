/** What `npm start` does to a database before the service may have it. */
import { Client, escapeIdentifier } from 'pg';
import type { Config } from '../../service/config.ts';
import { createDatabase } from '../../service/database/database.ts';
import { openPool, poolOptions } from '../../service/database/pool.ts';
import { seed } from '../../service/demo/seed.ts';
import type { Logger } from '../../service/observability/logger.ts';

/** The address of the database of that name, made when it is missing. */
export async function makeDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new Client(serverUrl);
  await client.connect();
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Once: what is there stays as it is. */
export async function fillDatabase({ database, currency }: Config, log: Logger): Promise<void> {
  const pool = openPool(poolOptions(database), log);
  try {
    await seed({ db: createDatabase(pool), log, currency });
  } finally {
    await pool.end();
  }
}
