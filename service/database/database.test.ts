import { setTimeout as wait } from 'node:timers/promises';
import { connected } from '../testing/template-database.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import { untilSomebodySleeps } from '../testing/waiting.ts';
import { createDatabase, type Database } from './database.ts';
import { openPool } from './pool.ts';

let store: TestStore;
let db: Database;
beforeAll(async () => {
  store = await startTestStore();
  db = store.db;
  await asOwner('CREATE TABLE counters (id int PRIMARY KEY, value int NOT NULL)');
  await asOwner('GRANT ALL ON counters TO store_app');
});
afterAll(() => store.close());
beforeEach(async () => {
  await asOwner('TRUNCATE counters');
  await asOwner('INSERT INTO counters VALUES (1, 0), (2, 0)');
});

function asOwner(text: string) {
  return connected(store.database.ownerUrl, (client) => client.query(text));
}

function sql(text: string) {
  return { name: '', text };
}

async function values(): Promise<number[]> {
  const { rows } = await db.read.query<{ value: number }>(
    sql('SELECT value FROM counters ORDER BY id'),
  );
  return rows.map(({ value }) => value);
}

/** Ends every connection of the service to this database. */
function cutConnections() {
  return connected(store.database.superuserUrl, (client) =>
    client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                  WHERE datname = current_database() AND pid <> pg_backend_pid()`),
  );
}

test('a transaction keeps all or nothing', async () => {
  const failing = db.transaction(async (transaction) => {
    await transaction.query(sql('UPDATE counters SET value = 1 WHERE id = 1'));
    throw new Error('no');
  });

  await expect(failing).rejects.toThrow('no');
  expect(await values()).toEqual([0, 0]);
});

test('an error that is swallowed inside does not pass for a commit', async () => {
  const swallowing = db.transaction(async (transaction) => {
    await transaction.query(sql('UPDATE counters SET value = 1 WHERE id = 1'));
    await transaction.query(sql('SELECT 1 / 0')).catch(() => undefined);
  });

  await expect(swallowing).rejects.toThrow('COMMIT was answered with ROLLBACK');
  expect(await values()).toEqual([0, 0]);
});

test('of two transactions in a deadlock, the loser begins again', async () => {
  const bothHold = Promise.withResolvers<void>();
  let holders = 0;
  const add = (first: number, second: number) =>
    db.transaction(async (transaction) => {
      const update = (id: number) =>
        transaction.query(sql(`UPDATE counters SET value = value + 1 WHERE id = ${id}`));
      await update(first);
      holders += 1;
      if (holders === 2) bothHold.resolve();
      await bothHold.promise;
      await update(second);
    });

  await Promise.all([add(1, 2), add(2, 1)]);

  expect(await values()).toEqual([2, 2]);
});

test('connections that break while idle do not end the process', async () => {
  await values();

  await cutConnections();

  expect(await values()).toEqual([0, 0]);
});

test('a read whose connection breaks is asked again', async () => {
  const slow = db.read.query<{ n: number }>(sql('SELECT 1 AS n, pg_sleep(0.5)'));
  await untilSomebodySleeps(store.database.superuserUrl);
  await cutConnections();

  expect((await slow).rows[0]?.n).toBe(1);
});

test.each([
  ['five connections are broken one after the other', 5, { rows: [{ done: null }] }],
  ['all connections break', 1000, { code: '57P01' }],
])('a read where %s', async (_, broken, expected) => {
  await asOwner('DROP SEQUENCE IF EXISTS attempts');
  await asOwner('CREATE SEQUENCE attempts');
  await asOwner('GRANT ALL ON SEQUENCE attempts TO store_app');

  const read = db.read.query(
    sql(`SELECT CASE WHEN nextval('attempts') <= ${broken}
           THEN pg_terminate_backend(pg_backend_pid()) END AS done`),
  );

  expect(await read.catch((error: unknown) => error)).toMatchObject(expected);
});

test('a write whose connection breaks is not sent twice', async () => {
  const write = db.write.query(
    sql('UPDATE counters SET value = value + 1 FROM pg_sleep(0.5) WHERE id = 1'),
  );
  await untilSomebodySleeps(store.database.superuserUrl);
  await cutConnections();

  await expect(write).rejects.toMatchObject({ code: '57P01' });
  expect(await values()).toEqual([0, 0]);
});

test('a transaction whose connection breaks between two statements fails, and the next works', async () => {
  const broken = db.transaction(async (transaction) => {
    await transaction.query(sql('UPDATE counters SET value = 1 WHERE id = 1'));
    await cutConnections();
    await wait(0);
    await transaction.query(sql('UPDATE counters SET value = 1 WHERE id = 2'));
  });

  await expect(broken).rejects.toThrow(/connection/i);
  expect(await values()).toEqual([0, 0]);
});

test('a statement that takes too long is ended, and told as the database’s fault', async () => {
  const pool = openPool(
    { connectionString: store.database.url, statement_timeout: 50 },
    store.app.log,
  );
  const impatient = createDatabase(pool);

  const slow = impatient.read.query(sql('SELECT pg_sleep(5)'));

  await expect(slow).rejects.toMatchObject({ code: '57014' });
  await pool.end();
});

test('a database that is away is 503 with Retry-After, and the client learns no more', async () => {
  const away = await startTestStore({
    environment: { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/nothing' },
  });

  const response = await away.request({ url: '/v1/products' });
  await away.close();

  expect(response.json()).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
  expect(response.headers['retry-after']).toBe('2');
  expect(response.body).not.toMatch(/127|ECONN|nobody|secret/);
});
