import type { QueryResultRow } from 'pg';
import type { Database, Queryable } from '../database/database.ts';
import { createLogger } from '../observability/logger.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import { type Made, seed } from './seed.ts';

let store: TestStore;
let expected: Awaited<ReturnType<typeof outcomeOf>>;
beforeAll(async () => {
  const undisturbed = await startTestStore();
  await seedStore(undisturbed.db);
  expected = await outcomeOf(undisturbed.db);
  await undisturbed.close();
}, 30_000);
beforeEach(async () => {
  store = await startTestStore();
});
afterEach(() => store.close());

test('a seed that is interrupted once is completed by the next', async () => {
  await seedStore(losingAnswer(store.db, 700)).catch(expectLoss);
  const made = await seedStore(store.db);

  expect(made).toMatchObject({ products: 0, customers: 0 });
  expect(made?.orders).toBeLessThan(200);
  expect(expected.orders).toHaveLength(200);
  expect(await outcomeOf(store.db)).toEqual(expected);
});

test('a seed that is interrupted over and over ends as one that was not', async () => {
  let interruptions = 0;
  let made: Made | undefined;
  while (made === undefined) {
    // Another number each time, so that it breaks in ever other places.
    made = await seedStore(losingAnswer(store.db, 41 + interruptions)).catch(expectLoss);
    interruptions += 1;
    // A day passes now and then.
    if (interruptions % 4 === 0) await store.db.write.query(FORGET_ANSWERS);
  }

  expect(interruptions).toBeGreaterThan(10);
  expect(await outcomeOf(store.db)).toEqual(expected);
}, 30_000);

test('two seeds at once make nothing twice', async () => {
  await Promise.allSettled([seedStore(store.db), seedStore(store.db)]);
  await seedStore(store.db);

  expect(await outcomeOf(store.db)).toEqual(expected);
}, 30_000);

function seedStore(db: Database): Promise<Made | undefined> {
  return seed({ db, log: createLogger('silent'), currency: 'EUR' });
}

const FORGET_ANSWERS = { name: 'forget', text: 'DELETE FROM idempotency_keys' };
const PRODUCTS = { name: 'stock', text: 'SELECT sku, stock FROM products ORDER BY sku' };
const ORDERS = {
  name: 'orders',
  text: `SELECT customer_id, status, total_amount, shipping_address, note,
           (SELECT json_agg(json_build_array(sku, quantity) ORDER BY position)
            FROM order_lines WHERE order_id = o.id) AS lines,
           (SELECT json_agg(json_build_array(status, at - o.placed_at, by) ORDER BY position)
            FROM order_history WHERE order_id = o.id) AS history
         FROM orders o ORDER BY number`,
};

/** What does not depend on when it was made. */
async function outcomeOf({ read }: Database) {
  const { rows: products } = await read.query(PRODUCTS);
  const { rows: orders } = await read.query(ORDERS);
  return { products, orders };
}

const LOSS = 'the answer was lost';

function expectLoss(error: unknown): undefined {
  expect(error).toMatchObject({ message: LOSS });
}

/** Does what it is asked, but from some answer on none arrives. */
function losingAnswer(db: Database, answers: number): Database {
  let left = answers;
  const deliver = <Answer>(answer: Answer): Answer => {
    left -= 1;
    if (left <= 0) throw new Error(LOSS);
    return answer;
  };
  const through = (target: Queryable): Queryable => ({
    query: async <Row extends QueryResultRow>(...asked: Parameters<Queryable['query']>) =>
      deliver(await target.query<Row>(...asked)),
  });
  return {
    read: through(db.read),
    write: through(db.write),
    transaction: async (work) =>
      deliver(await db.transaction((transaction) => work(through(transaction)))),
  };
}
