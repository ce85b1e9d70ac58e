/** The ledger of stock: every change of `products.stock` stands here, orders' changes too. */
import { Type } from 'typebox';
import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import { pageOf, type Page, readCursor } from '../http/page.ts';
import { MAX_STOCK, type NewStockChange, type StockChange } from './schemas.ts';

const COLUMNS = `id, product_id AS "productId", quantity, reason, stock, created_at AS "createdAt"`;

const CHANGE_STOCK = statement(
  'change-stock',
  `WITH changed AS (
     UPDATE products SET stock = stock + $3, version = version + 1, updated_at = now()
     WHERE id = $2 AND stock + $3 BETWEEN 0 AND ${MAX_STOCK} RETURNING id, stock
   )
   INSERT INTO stock_changes (id, product_id, quantity, reason, stock, created_at)
   SELECT $1, id, $3::int, $4, stock, coalesce($5::timestamptz(3), now()) FROM changed
   RETURNING ${COLUMNS}`,
);

/**
 * Undefined when the stock would leave its bounds, or there is no such product.
 * @param at when; now by default
 */
export async function changeStock(
  db: Queryable,
  productId: string,
  { quantity, reason }: NewStockChange,
  at?: Date,
): Promise<StockChange | undefined> {
  const values = [uuidv7(), productId, quantity, reason, at ?? null];
  const { rows } = await db.query<StockChange>(CHANGE_STOCK, values);
  return rows[0];
}

const Position = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

const LIST_STOCK_CHANGES = statement(
  'list-stock-changes',
  `SELECT ${COLUMNS}, position FROM stock_changes
   WHERE product_id = $1 AND position < $2
   ORDER BY position DESC LIMIT $3`,
  { short: true },
);

/** Newest first. */
export async function listStockChanges(
  db: Queryable,
  productId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<StockChange>> {
  const scope = ['stock-changes', productId.toLowerCase()];
  const [before] = readCursor(cursor, scope, Type.Tuple([Position])) ?? [Number.MAX_SAFE_INTEGER];
  const { rows } = await db.query<StockChange & { position: number }>(LIST_STOCK_CHANGES, [
    productId,
    before,
    limit + 1,
  ]);
  return pageOf(
    rows,
    { limit, scope },
    { item: (change) => change, keys: ({ position }) => [position] },
  );
}
