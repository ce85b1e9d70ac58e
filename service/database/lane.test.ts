import { setTimeout as wait } from 'node:timers/promises';
import { type ShortReads, shortReads } from '../testing/short-reads.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import { Credentials } from './credentials.ts';
import { createDatabase } from './database.ts';
import { Pipeline } from './pipeline.ts';
import { openPool } from './pool.ts';

let store: TestStore;
let reads: ShortReads;
beforeEach(async () => {
  store = await startTestStore({ environment: { DB_PIPELINE: 'on' } });
  reads = shortReads(store.db, store.app.pg.pool);
});
afterEach(() => store.close());

function credentialsOfStore(): Credentials {
  const { username, password } = new URL(store.database.url);
  const secret = JSON.stringify({ username, password });
  const secrets = { read: async () => secret, write: async () => undefined };
  return new Credentials(secrets, 'application');
}

test('a login that was read anew opens the connections anew, and no read fails', async () => {
  const credentials = credentialsOfStore();
  const pipeline = new Pipeline(store.app.pg.pool, store.app.log, credentials);
  const { pool } = store.app.pg;
  reads = shortReads(createDatabase(pool, credentials, pipeline), pool);
  const before = await reads.untilHeld();

  await credentials.refresh(credentials.generation);
  const meanwhile = await reads.manyAsk(50);
  const after = await reads.untilHeld();
  pipeline.close();

  expect(meanwhile).toHaveLength(50);
  expect(after.isDisjointFrom(before)).toBe(true);
});

test('a pool that is full reads no login anew, so reads keep their connections', async () => {
  const credentials = credentialsOfStore();
  const pool = openPool(
    { connectionString: store.database.url, max: 1, connectionTimeoutMillis: 50 },
    store.app.log,
  );
  const lent = await pool.connect();

  const waited = createDatabase(pool, credentials).read.query({ name: '', text: 'SELECT 1' });

  await expect(waited).rejects.toThrow('timeout exceeded when trying to connect');
  expect(credentials.generation).toBe(0);
  lent.release();
  await pool.end();
});

test('a connection over which nobody asks goes back to the pool', async () => {
  const pool = openPool(
    { connectionString: store.database.url, pipeline: true, idleTimeoutMillis: 50 },
    store.app.log,
  );
  const pipeline = new Pipeline(pool, store.app.log);
  reads = shortReads(createDatabase(pool, undefined, pipeline), pool);
  await reads.untilHeld();

  while (pool.totalCount > 0) await wait(0);
  const again = await reads.manyAsk(20);
  pipeline.close();
  await pool.end();

  expect(again).toHaveLength(20);
});

test('a server that became a standby is not read from any longer', async () => {
  const before = await reads.untilHeld();
  const refused = `DO $$ BEGIN RAISE SQLSTATE '25006'; END $$`;

  const write = store.db.write.query({ name: '', text: refused });

  await expect(write).rejects.toMatchObject({ code: '25006' });
  expect((await reads.untilHeld()).isDisjointFrom(before)).toBe(true);
});

test('closing the store answers what is in flight and leaves no connection', async () => {
  await reads.untilHeld();

  const inFlight = reads.manyAsk(20);
  await store.app.close();

  expect(await inFlight).toHaveLength(20);
  expect(store.app.pg.pool.totalCount).toBe(0);
});
