import { connected } from './testing/template-database.ts';
import { startTestStore, type TestStore } from './testing/test-store.ts';

let store: TestStore;
beforeEach(async () => {
  store = await startTestStore();
  // Health waits half a second for the database; to open the first connection may take longer.
  await store.db.read.query({ name: '', text: 'SELECT 1' });
});
afterEach(() => store.close());

async function answers(): Promise<number[]> {
  const statuses: number[] = [];
  for (const url of ['/livez', '/health', '/readyz']) {
    statuses.push((await store.request({ url })).statusCode);
  }
  return statuses;
}

function asOwner(...statements: string[]): Promise<void> {
  return connected(store.database.ownerUrl, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

test('a store that runs says so', async () => {
  expect(await answers()).toEqual([200, 200, 200]);
});

test('a store that starts is alive, no more', async () => {
  store.lifecycle.started = false;

  expect(await answers()).toEqual([200, 503, 503]);
});

test('a store that drains takes no new work', async () => {
  store.lifecycle.draining = true;

  expect(await answers()).toEqual([200, 503, 503]);
  expect((await store.request({ url: '/health' })).json()).toMatchObject({
    code: 'NOT_READY',
    errors: [{ pointer: '/draining' }],
  });
});

test('a database that goes away makes it unready, but nobody replaces it for that', async () => {
  await store.database.drop();

  expect(await answers()).toEqual([200, 200, 503]);
  expect((await store.request({ url: '/readyz' })).json()).toMatchObject({
    errors: [{ pointer: '/database' }],
  });
});

test('the answer of the database is kept for a second', async () => {
  expect(await answers()).toEqual([200, 200, 200]);
  await asOwner(`DELETE FROM migrations WHERE name = '0002_orders'`);

  expect((await store.request({ url: '/readyz' })).statusCode).toBe(200);
});

test('a schema that lacks a migration of this build makes it unready', async () => {
  await asOwner(`DELETE FROM migrations WHERE name = '0002_orders'`);

  expect((await store.request({ url: '/readyz' })).json()).toMatchObject({
    errors: [{ pointer: '/schema', detail: expect.stringContaining('0002_orders') }],
  });
});

test('a newer schema is accepted: migrate first, deploy then; and roll back', async () => {
  await asOwner(`INSERT INTO migrations (name, run_on) VALUES ('9999_future', now())`);

  expect(await answers()).toEqual([200, 200, 200]);
});

test('a schema that asks for a newer build makes it unready', async () => {
  await asOwner(
    `INSERT INTO migrations (name, run_on) VALUES ('9999_future', now())`,
    'UPDATE schema_requirement SET minimum_build = 9999',
  );

  expect((await store.request({ url: '/readyz' })).json()).toMatchObject({
    errors: [{ pointer: '/schema', detail: expect.stringContaining('needs build 9999') }],
  });
});
