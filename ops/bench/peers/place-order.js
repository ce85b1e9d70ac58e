/**
 * An order as applications write it: a transaction of some statements, each of them a round trip.
 * Lines are written together, not one by one.
 */
import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { Refused } from './refused.js';

const ROUTE = 'POST /v1/orders';

/**
 * @param client of pg, inside a transaction
 * @throws Refused
 */
export async function placeOrder(client, customerId, key, order) {
  const request = {
    caller: `person:${customerId}`,
    key,
    fingerprint: createHash('sha256').update(JSON.stringify(order)).digest(),
  };
  const known = await findAnswer(client, request);
  if (known !== undefined) return known;
  await client.query('INSERT INTO customers (id) VALUES ($1) ON CONFLICT DO NOTHING', [customerId]);
  const lines = await takeStock(client, order.lines);
  const placed = await insertOrder(client, customerId, order, lines);
  await rememberAnswer(client, request, placed);
  return placed;
}

async function findAnswer(client, { caller, key, fingerprint }) {
  const { rows } = await client.query(
    `SELECT fingerprint, answer FROM idempotency_keys
     WHERE caller = $1 AND route = $2 AND key = $3`,
    [caller, ROUTE, key],
  );
  if (rows.length === 0) return undefined;
  if (!rows[0].fingerprint.equals(fingerprint)) throw new Refused(422, 'IDEMPOTENCY_KEY_REUSED');
  return rows[0].answer;
}

/** Locks the products in the order of their ids, so that orders never wait in a circle. */
async function takeStock(client, wanted) {
  const ids = wanted.map(({ productId }) => productId);
  const { rows } = await client.query(
    `SELECT id, sku, name, price_amount AS price, price_currency AS currency, stock
     FROM products WHERE id = ANY($1::uuid[]) AND archived_at IS NULL ORDER BY id FOR UPDATE`,
    [ids],
  );
  const products = new Map(rows.map((row) => [row.id, row]));
  const lines = wanted.map(({ productId, quantity }) => {
    const product = products.get(productId.toLowerCase());
    if (product === undefined) throw new Refused(422, 'PRODUCT_UNAVAILABLE');
    if (product.stock < quantity) throw new Refused(409, 'OUT_OF_STOCK');
    return { ...product, quantity, stock: product.stock - quantity };
  });
  await client.query(
    `UPDATE products p SET stock = stock - quantity, version = version + 1, updated_at = now()
     FROM unnest($1::uuid[], $2::int[]) AS w (product_id, quantity) WHERE p.id = w.product_id`,
    [ids, wanted.map(({ quantity }) => quantity)],
  );
  return lines;
}

async function insertOrder(client, customerId, { shippingAddress = null, note = null }, lines) {
  const id = uuidv7();
  const currency = lines[0].currency;
  const total = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const { rows } = await client.query(
    `INSERT INTO orders (id, customer_id, status, total_amount, total_currency, shipping_address,
                         note, placed_at, updated_at)
     VALUES ($1, $2, 'placed', $3, $4, $5, $6, now(), now())
     RETURNING number, placed_at AS "placedAt"`,
    [id, customerId, total, currency, shippingAddress, note],
  );
  const [{ number, placedAt }] = rows;
  await insertLines(client, id, lines);
  await client.query(
    `INSERT INTO stock_changes (id, product_id, quantity, reason, stock, created_at)
     SELECT *, $5 FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $6::int[])`,
    [
      lines.map(() => uuidv7()),
      lines.map((line) => line.id),
      lines.map(({ quantity }) => -quantity),
      lines.map(() => `order ${number} placed`),
      placedAt,
      lines.map(({ stock }) => stock),
    ],
  );
  await client.query(
    `INSERT INTO order_history (order_id, status, at, by) VALUES ($1, 'placed', $2, $3)`,
    [id, placedAt, customerId],
  );
  return {
    id,
    number,
    customerId,
    status: 'placed',
    lines: lines.map((line) => shownLine(line, currency)),
    total: { amount: total, currency },
    shippingAddress,
    note,
    version: 1,
    placedAt,
    updatedAt: placedAt,
    history: [{ status: 'placed', at: placedAt, by: customerId }],
  };
}

async function insertLines(client, orderId, lines) {
  await client.query(
    `INSERT INTO order_lines (order_id, position, product_id, sku, name, unit_price, quantity)
     SELECT $1, position, product_id, sku, name, unit_price, quantity
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::int[]) WITH ORDINALITY
       AS l (product_id, sku, name, unit_price, quantity, position)`,
    [
      orderId,
      lines.map(({ id }) => id),
      lines.map(({ sku }) => sku),
      lines.map(({ name }) => name),
      lines.map(({ price }) => price),
      lines.map(({ quantity }) => quantity),
    ],
  );
}

function shownLine({ id, sku, name, price, quantity }, currency) {
  return {
    productId: id,
    sku,
    name,
    unitPrice: { amount: price, currency },
    quantity,
    total: { amount: price * quantity, currency },
  };
}

async function rememberAnswer(client, { caller, key, fingerprint }, answer) {
  await client.query(
    `INSERT INTO idempotency_keys (caller, route, key, fingerprint, status, answer, customer_id)
     VALUES ($1, $2, $3, $4, 201, $5, $6)`,
    [caller, ROUTE, key, fingerprint, JSON.stringify(answer), answer.customerId],
  );
}
