/** Data for the benchmark: as much as asked for, the same every time, and true to every rule. */
import { idSql, modelSql, PRODUCTS_OF_A_MODEL, timeSql } from './rows.ts';
import { connected } from '../../service/testing/template-database.ts';

export interface Amounts {
  /** At least two: an order has two lines. */
  readonly products: number;
  readonly customers: number;
  readonly orders: number;
}

/** Pieces delivered of each product: no order of a benchmark is refused. */
const DELIVERED = 1_000_000;

/**
 * Fills the empty tables of a migrated database; 100,000 products, 10,000 customers and 200,000
 * orders take about half a minute.
 * @param databaseUrl of a superuser, who may leave out the checks of foreign keys
 * @throws Error when there are rows already
 */
export async function fill(databaseUrl: string, amounts: Amounts): Promise<void> {
  await connected(databaseUrl, async (client) => {
    for (const setting of SETTINGS) await client.query(`SET ${setting}`);
    for (const statement of statements(amounts)) await client.query(statement);
    // Autovacuum would do this some time later, in the middle of a measurement.
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
  });
}

const SETTINGS = [
  // Rows refer to each other by construction; asking for each of a million takes a minute.
  'session_replication_role = replica',
  'synchronous_commit = off',
  "work_mem = '128MB'",
];

/** One for each table, and each a transaction of its own. */
function statements({ products, customers, orders }: Amounts): string[] {
  return [
    soldLines(products, orders),
    productRows(products),
    `INSERT INTO customers (id, name, email, created_at, updated_at)
     SELECT ${idSql('customer', 'n')}, 'Customer ' || n, 'customer' || n || '@example.com',
            ${timeSql('customer', 'n')}, ${timeSql('customer', 'n')}
     FROM generate_series(1, ${customers}::bigint) n`,
    orderRows(customers),
    `INSERT INTO order_lines (order_id, position, product_id, sku, name, unit_price, quantity)
     SELECT ${idSql('order', 'o')}, position, p.id, p.sku, p.name, price, quantity
     FROM sold JOIN products p ON p.id = ${idSql('product', 'product')}`,
    `INSERT INTO order_history (order_id, status, at, by)
     SELECT ${idSql('order', 'o')}, status, ${timeSql('order', 'o')} + step * interval '1 hour',
            ${buyer(customers)}
     FROM generate_series(1, ${orders}::bigint) o
     JOIN ${STATUSES} ON step <= o % 4 ORDER BY o, step`,
    `INSERT INTO stock_changes (id, product_id, quantity, reason, stock, created_at)
     SELECT ${idSql('delivery', 'n')}, ${idSql('product', 'n')}, ${DELIVERED}, 'delivery',
            ${DELIVERED}, ${timeSql('delivery', 'n')}
     FROM generate_series(1, ${products}::bigint) n ORDER BY n`,
    // Orders are numbered from 1001.
    `INSERT INTO stock_changes (id, product_id, quantity, reason, stock, created_at)
     SELECT ${idSql('sale', '(o * 2 + position)')}, ${idSql('product', 'product')}, -quantity,
            'order ' || 1000 + o || ' placed',
            ${DELIVERED} - sum(quantity) OVER (PARTITION BY product ORDER BY o),
            ${timeSql('order', 'o')}
     FROM sold ORDER BY o, position`,
    'DROP TABLE sold',
  ];
}

/** What an order goes through, and a quarter of the orders stands at each. */
const STATUSES = `(VALUES (0, 'placed'), (1, 'paid'), (2, 'shipped'), (3, 'delivered'))
  AS statuses (step, status)`;

/** Lines of orders `o`, two for each; the factors are primes, so that products vary. */
function soldLines(products: number, orders: number): string {
  return `CREATE TEMPORARY TABLE sold AS
    SELECT o, position, product, 1 + (o + position) % 3 AS quantity, ${price('product')} AS price
    FROM generate_series(1, ${orders}::bigint) o, generate_series(1, 2) AS position,
         LATERAL (SELECT 1 + (o * 7919 + position * 104729) % ${products} AS product) AS line`;
}

/** Minor units. */
function price(product: string): string {
  return `(100 + ${product} * 7919 % 20000)`;
}

function buyer(customers: number): string {
  return idSql('customer', `(1 + o % ${customers})`);
}

const COLOURS = ['blue', 'green', 'grey', 'red', 'white', 'black', 'yellow', 'brown'];
const THINGS = ['mug', 'bowl', 'kettle', 'lamp', 'chair', 'notebook', 'pan', 'jar', 'shelf'];

function productRows(products: number): string {
  const models = Math.ceil(products / PRODUCTS_OF_A_MODEL);
  return `INSERT INTO products (id, sku, name, description, price_amount, price_currency, stock,
                                category, image_url, created_at, updated_at)
    SELECT ${idSql('product', 'n')}, 'SKU-' || lpad(n::text, 7, '0'), name,
           'The ' || lower(name) || ' lasts for years, comes without plastic and can be mended.',
           ${price('n')}, 'EUR', ${DELIVERED} - coalesce(pieces, 0), 'category ' || n % 50,
           'https://images.example.com/' || n || '.jpg',
           ${timeSql('product', 'n')}, ${timeSql('product', 'n')}
    FROM generate_series(1, ${products}::bigint) n
    CROSS JOIN LATERAL (SELECT initcap(${word(COLOURS)}) || ' ' || ${word(THINGS)} || ' '
                               || ${modelSql(`1 + n % ${models}`)} AS name) AS named
    LEFT JOIN (SELECT product, sum(quantity) AS pieces FROM sold GROUP BY product) AS sales
           ON product = n
    ORDER BY n`;
}

function word(words: readonly string[]): string {
  return `('{${words.join(',')}}'::text[])[1 + n % ${words.length}]`;
}

function orderRows(customers: number): string {
  return `INSERT INTO orders (id, customer_id, status, total_amount, total_currency, note, version,
                              placed_at, updated_at)
    SELECT ${idSql('order', 'o')}, ${buyer(customers)}, status, total, 'EUR',
           CASE WHEN o % 5 = 0 THEN 'Please ring twice.' END, 1 + step,
           ${timeSql('order', 'o')}, ${timeSql('order', 'o')} + step * interval '1 hour'
    FROM (SELECT o, sum(price * quantity) AS total FROM sold GROUP BY o) AS totals
    JOIN ${STATUSES} ON step = o % 4
    ORDER BY o`;
}
