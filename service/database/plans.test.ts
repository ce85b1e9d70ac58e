import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../testing/template-database.ts';
import { statements } from './statement.ts';
// Every room with statements is loaded through the application.
import '../app.ts';

// The service has each statement planned once, for all values (pool.ts): that plan must have an
// index, or a list reads its whole table for as long as the connection lives.
let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client(database.ownerUrl);
  await client.connect();
  await client.query(`
    INSERT INTO customers (id) SELECT gen_random_uuid() FROM generate_series(1, 200);
    INSERT INTO products (id, sku, name, description, price_amount, price_currency, category)
    SELECT gen_random_uuid(), 'SKU-' || n, 'Thing ' || n, 'It is number ' || n, n, 'EUR',
           'category ' || n % 50
    FROM generate_series(1, 5000) n;
    INSERT INTO orders (id, customer_id, status, total_amount, total_currency, placed_at, updated_at)
    SELECT gen_random_uuid(), (SELECT id FROM customers ORDER BY id OFFSET n % 200 LIMIT 1),
           CASE WHEN n % 100 = 0 THEN 'placed' ELSE 'delivered' END, 1, 'EUR', now(), now()
    FROM generate_series(1, 5000) n;
    ANALYZE;
    SET plan_cache_mode = force_generic_plan;
  `);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const nobody = "'00000000-0000-0000-0000-000000000000'";
const last = "'ffffffff-ffff-ffff-ffff-ffffffffffff'";

// Values that find nothing or next to nothing: a plan that reads on until it has a page reads all.
test.each([
  ['list-orders-of-customer', `${last}, 21, ${nobody}`],
  ['list-orders-of-customer-in-status', `${last}, 21, ${nobody}, 'placed'`],
  ['list-products-newest-with-words', `false, 21, ${last}, 'zeppelin'`],
  ['list-products-price-with-words', `false, 21, -1, ${nobody}, 'zeppelin'`],
  ['list-products-newest-of-category', `false, 21, ${last}, 'no such'`],
])('%s reads no table from end to end', async (name, values) => {
  const text = statements.get(name)?.text ?? '';
  await client.query(`PREPARE "${name}" AS ${text}`);

  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE "${name}" (${values})`,
  );

  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  const removed = [...plan.matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, n]) => Number(n));
  expect([plan, Math.max(0, ...removed) < 1000]).toEqual([plan, true]);
});
