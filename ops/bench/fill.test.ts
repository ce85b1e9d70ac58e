import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../service/testing/template-database.ts';
import { fill } from './fill.ts';
import { customerId, modelName, productId, PRODUCTS_OF_A_MODEL } from './rows.ts';

const AMOUNTS = { products: 300, customers: 20, orders: 500 };

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  await fill(database.superuserUrl, AMOUNTS);
  client = new Client(database.superuserUrl);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function ask(query: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const { rows } = await client.query<Record<string, unknown>>(query, values);
  return rows;
}

test('there is as much as was asked for', async () => {
  const [counted] = await ask(`SELECT
    (SELECT count(*)::int FROM products) AS products,
    (SELECT count(*)::int FROM customers) AS customers,
    (SELECT count(*)::int FROM orders) AS orders,
    (SELECT count(*)::int FROM order_lines) AS lines`);

  expect(counted).toEqual({ ...AMOUNTS, lines: 2 * AMOUNTS.orders });
});

test('every foreign key leads to a row', async () => {
  const keys =
    await ask(`SELECT 'SELECT FROM ' || conrelid::regclass || ' WHERE NOT EXISTS (SELECT FROM '
      || confrelid::regclass || ' WHERE id = ' || a.attname || ')' AS orphans
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
    WHERE contype = 'f'`);

  for (const { orphans } of keys) {
    expect([orphans, await ask(String(orphans))]).toEqual([orphans, []]);
  }
  expect(keys.length).toBeGreaterThan(4);
});

test.each([
  [
    'the sum of the ledger is the stock',
    `SELECT FROM products p
     WHERE stock <> (SELECT sum(quantity) FROM stock_changes WHERE product_id = p.id)`,
  ],
  [
    'every entry of the ledger says the stock after it',
    `SELECT FROM (SELECT stock, sum(quantity) OVER (PARTITION BY product_id ORDER BY position) AS sum
                  FROM stock_changes) AS changes
     WHERE stock <> sum`,
  ],
  [
    'what orders took is in the ledger under their number',
    `SELECT FROM orders o JOIN order_lines l ON l.order_id = o.id
     LEFT JOIN stock_changes c ON c.product_id = l.product_id AND c.quantity = -l.quantity
                              AND c.reason = 'order ' || o.number || ' placed'
     WHERE c.id IS NULL`,
  ],
  [
    'the total of an order is that of its lines, at the prices of the products',
    `SELECT FROM orders o WHERE total_amount <> (
       SELECT sum(price_amount * quantity) FROM order_lines JOIN products p ON p.id = product_id
       WHERE order_id = o.id)`,
  ],
  [
    'the history of an order ends with its status and its time',
    `SELECT FROM orders o WHERE (status, updated_at) IS DISTINCT FROM (
       SELECT (h.status, h.at) FROM order_history h WHERE order_id = o.id
       ORDER BY position DESC LIMIT 1)`,
  ],
])('%s', async (_, exceptions) => {
  expect(await ask(exceptions)).toEqual([]);
});

test('who knows the number of a row knows its id, and the words that find it', async () => {
  const { products, customers } = AMOUNTS;
  const found = await ask(
    `SELECT (SELECT count(*)::int FROM products WHERE id = ANY($1::uuid[])) AS products,
            (SELECT count(*)::int FROM customers WHERE id = ANY($2::uuid[])) AS customers,
            (SELECT count(*)::int FROM products
             WHERE search @@ websearch_to_tsquery('simple', $3)) AS model`,
    [
      [productId(1), productId(products), productId(products + 1)],
      [customerId(1), customerId(customers), customerId(0)],
      modelName(products / PRODUCTS_OF_A_MODEL),
    ],
  );

  expect(found).toEqual([{ products: 2, customers: 2, model: PRODUCTS_OF_A_MODEL }]);
});

test('what is filled is not filled again', async () => {
  await expect(fill(database.superuserUrl, AMOUNTS)).rejects.toThrow('duplicate key');
});
