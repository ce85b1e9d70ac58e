import type { Queryable } from '../database/database.ts';
import { statement } from '../database/statement.ts';

const FIND_BY_SKU = statement(
  'find-products-by-sku',
  'SELECT id, sku FROM products WHERE sku = ANY($1::text[])',
);

/** Ids by SKU, of those that exist. */
export async function findBySku(
  db: Queryable,
  skus: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; sku: string }>(FIND_BY_SKU, [skus]);
  return new Map(rows.map(({ id, sku }) => [sku, id]));
}

const FIND_ANY_PRODUCT = statement('find-any-product', 'SELECT FROM products LIMIT 1');

export async function hasProducts(db: Queryable): Promise<boolean> {
  const { rowCount } = await db.query(FIND_ANY_PRODUCT);
  return rowCount === 1;
}

const FIND_ORDERS_PLACED_BY = statement(
  'find-orders-placed-by',
  `SELECT o.id, o.placed_at AS "placedAt" FROM orders o
   JOIN order_history h ON h.order_id = o.id AND h.status = 'placed' AND h.by = $2
   WHERE o.customer_id = ANY($1::uuid[]) ORDER BY o.number`,
);

export interface PlacedOrder {
  readonly id: string;
  readonly placedAt: string;
}

/** Orders of these customers that somebody placed for them, in the order of placing. */
export async function findOrdersPlacedBy(
  db: Queryable,
  by: string,
  customerIds: readonly string[],
): Promise<PlacedOrder[]> {
  const { rows } = await db.query<PlacedOrder>(FIND_ORDERS_PLACED_BY, [customerIds, by]);
  return rows;
}
