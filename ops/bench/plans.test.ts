import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../service/testing/template-database.ts';
import { fill } from './fill.ts';
import { explainStatements } from './plans.ts';

// `npm run bench -- --growth` asks the same at 1,000,000 products. From some thousands on, reading
// a table from end to end costs more than any index does.
const AMOUNTS = { products: 10_000, customers: 2000, orders: 5000 };

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  await fill(database.superuserUrl, AMOUNTS);
  client = new Client(database.superuserUrl);
  await client.connect();
  // What orders leave behind, and `fill` does not make.
  await client.query(`
    INSERT INTO idempotency_keys (caller, route, key, fingerprint, status, answer, customer_id)
    SELECT 'person:' || id, 'POST /v1/orders', n::text, '\\x00', 201, '{}', id
    FROM customers, generate_series(1, 10) n;
    ANALYZE idempotency_keys`);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const scanned = async () => {
  const plans = await explainStatements(database.superuserUrl);
  return plans.filter((plan) => plan.scanned.length > 0);
};

test('no statement that is asked often reads a table from end to end', async () => {
  expect(await scanned()).toEqual([]);
});

test('a table without its index would be noticed', async () => {
  await client.query('ALTER TABLE stock_changes DROP CONSTRAINT stock_changes_product_id_fkey');
  await client.query('ALTER TABLE order_lines DROP CONSTRAINT order_lines_product_id_fkey');
  await client.query('ALTER TABLE products DROP CONSTRAINT products_pkey');

  const found = await scanned();

  expect(found.map(({ statement }) => statement)).toContain('list-products-newest');
});
