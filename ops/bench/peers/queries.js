/**
 * What every peer asks of the database: the store's own SQL, in unnamed queries and with pg's usual
 * types, as node-postgres shows them.
 */
import { createHash } from 'node:crypto';
import { types } from 'pg';

// Amounts fit a number; pg's answer is a string.
types.setTypeParser(types.builtins.INT8, Number);

const PRODUCT = `id, sku, name, description, price_amount AS "priceAmount",
  price_currency AS "priceCurrency", stock, category, image_url AS "imageUrl", version,
  created_at AS "createdAt", updated_at AS "updatedAt", archived_at AS "archivedAt"`;

const PAGE_OF_PRODUCTS = `WHERE archived_at IS NULL ORDER BY id DESC LIMIT $1`;

/** @param db a pool of pg, or whatever else has its `query` */
export async function findProduct(db, id) {
  const { rows } = await db.query(
    `SELECT ${PRODUCT} FROM products WHERE id = $1 AND archived_at IS NULL`,
    [id],
  );
  return rows[0] && toProduct(rows[0]);
}

export async function listProducts(db, { limit, q }) {
  const { rows } = await (q === undefined
    ? db.query(`SELECT ${PRODUCT} FROM products ${PAGE_OF_PRODUCTS}`, [limit + 1])
    : db.query(
        `WITH found AS MATERIALIZED (
           SELECT * FROM products WHERE search @@
             (websearch_to_tsquery('english', $2) || websearch_to_tsquery('simple', $2))
         ) SELECT ${PRODUCT} FROM found ${PAGE_OF_PRODUCTS}`,
        [limit + 1, q],
      ));
  return pageOf(rows.map(toProduct), limit, ['products', 'newest', false, null, q ?? null]);
}

export async function listOrders(db, customerId, { limit }) {
  const { rows } = await db.query(
    `SELECT json_build_object(
       'id', o.id, 'number', o.number, 'customerId', o.customer_id, 'status', o.status,
       'lines', (
         SELECT json_agg(json_build_object(
           'productId', l.product_id, 'sku', l.sku, 'name', l.name,
           'unitPrice', json_build_object('amount', l.unit_price, 'currency', o.total_currency),
           'quantity', l.quantity,
           'total', json_build_object('amount', l.unit_price * l.quantity,
                                      'currency', o.total_currency)
         ) ORDER BY l.position) FROM order_lines l WHERE l.order_id = o.id
       ),
       'total', json_build_object('amount', o.total_amount, 'currency', o.total_currency),
       'shippingAddress', o.shipping_address, 'note', o.note, 'version', o.version,
       'placedAt', ${time('o.placed_at')}, 'updatedAt', ${time('o.updated_at')},
       'history', (
         SELECT json_agg(json_build_object('status', h.status, 'at', ${time('h.at')}, 'by', h.by)
                ORDER BY h.position) FROM order_history h WHERE h.order_id = o.id
       )
     ) AS "order"
     FROM (SELECT * FROM orders WHERE customer_id = $1 ORDER BY id DESC LIMIT $2) o
     ORDER BY id DESC`,
    [customerId, limit + 1],
  );
  return pageOf(
    rows.map(({ order }) => order),
    limit,
    ['orders', customerId, null],
  );
}

function time(column) {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

function toProduct({ priceAmount, priceCurrency, ...row }) {
  return { ...row, price: { amount: priceAmount, currency: priceCurrency } };
}

/** A page like the store's. Peers show the first one only: nothing else is measured. */
function pageOf(rows, limit, scope) {
  const items = rows.slice(0, limit);
  if (rows.length <= limit) return { items, nextCursor: null };
  const q = createHash('sha256').update(JSON.stringify(scope)).digest('base64url').slice(0, 8);
  const cursor = JSON.stringify({ q, k: [items.at(-1).id] });
  return { items, nextCursor: Buffer.from(cursor).toString('base64url') };
}
