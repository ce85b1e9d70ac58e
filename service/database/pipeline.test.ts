import { type ShortReads, shortReads } from '../testing/short-reads.ts';
import { connected } from '../testing/template-database.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';

let store: TestStore;
let reads: ShortReads;
beforeEach(async () => {
  store = await startTestStore({ environment: { DB_PIPELINE: 'on' } });
  reads = shortReads(store.db, store.app.pg.pool);
});
afterEach(() => store.close());

const LONGER = { name: 'longer', text: 'SELECT pg_backend_pid() AS pid', short: false };
const SLOW = { name: 'slow', text: 'SELECT pg_backend_pid() AS pid, pg_sleep(0.5)', short: true };

function terminateAll() {
  return connected(store.database.superuserUrl, (client) =>
    client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                  WHERE datname = current_database() AND pid <> pg_backend_pid()`),
  );
}

test('short reads of many requests share two connections, all others have the pool', async () => {
  const pids = await reads.untilHeld();

  const asked = await reads.manyAsk(100);
  const longer = await reads.who(LONGER);

  expect(pids.size).toBe(2);
  expect(new Set(asked)).toEqual(pids);
  expect(pids).not.toContain(longer);
});

test('requests go that way', async () => {
  // Where the table was never asked for, its first reader may take too long.
  await store.request({ url: '/v1/products' });
  const pids = await reads.untilHeld();
  const before = store.app.pg.pool.idleCount;

  await Promise.all(Array.from({ length: 20 }, () => store.request({ url: '/v1/products' })));

  // Through the pool, that many at once would have opened more.
  expect([reads.held(), store.app.pg.pool.idleCount]).toEqual([pids.size, before]);
});

test('a read that takes too long is asked again of the pool, and for a while all others are', async () => {
  const pids = await reads.untilHeld();

  const slow = await Promise.all([
    reads.who(SLOW),
    reads.who(SLOW),
    reads.who(SLOW),
    reads.who(SLOW),
  ]);

  expect(slow.filter((pid) => pids.has(pid))).toEqual([]);
  // Let go at once: on a table that is locked each would run into the same, one after the other.
  expect(reads.held()).toBe(0);
  expect((await reads.untilHeld()).isDisjointFrom(pids)).toBe(true);
});

test('backends that are terminated under load cost no read, and are replaced', async () => {
  const before = await reads.untilHeld();

  for (const _ of Array.from({ length: 10 })) await readWhile(terminateAll);

  const after = await reads.untilHeld();
  expect(after.size).toBe(2);
  expect(after.isDisjointFrom(before)).toBe(true);
});

/** Whatever was asked meanwhile is answered: what happens next does not happen to it too. */
async function readWhile(happens: () => Promise<unknown>) {
  const end = new AbortController();
  const readOn = async () => {
    while (!end.signal.aborted) await reads.who();
  };
  const readers = Array.from({ length: 20 }, readOn);
  await Promise.all([happens().finally(() => end.abort()), ...readers]);
}

test('a statement that cannot be prepared harms no neighbour, and says why itself', async () => {
  const pids = await reads.untilHeld();
  const wrong = { name: 'wrong', text: 'SELECT nothing FROM nowhere', short: true };

  const asked = Array.from({ length: 6 }, () => [reads.who(wrong), reads.who()]).flat();
  const outcomes = await Promise.allSettled(asked);

  const failed = outcomes.filter(({ status }) => status === 'rejected');
  expect(failed).toHaveLength(6);
  for (const failure of failed) expect(failure).toMatchObject({ reason: { code: '42P01' } });
  expect(new Set(await reads.manyAsk(20))).toEqual(pids);
});

test.each([
  ['1', 0],
  ['2', 0],
  ['3', 1],
  ['5', 1],
  ['6', 2],
])('of a pool of %s, %s connections are held', async (size, expected) => {
  const small = await startTestStore({
    environment: { DB_PIPELINE: 'on', DATABASE_POOL_SIZE: size },
  });
  reads = shortReads(small.db, small.app.pg.pool);

  const pids = await reads.untilHeld(expected);
  await small.close();

  expect(pids.size).toBeGreaterThan(0);
});

test('DB_PIPELINE=off holds no connection', async () => {
  const plain = await startTestStore({ environment: { DB_PIPELINE: 'off' } });
  reads = shortReads(plain.db, plain.app.pg.pool);

  const pids = new Set(await reads.manyAsk(20));
  const left = reads.held();
  await plain.close();

  expect(left).toBe(0);
  expect(pids.size).toBeGreaterThan(2);
});
