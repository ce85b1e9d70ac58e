/** What must be true of the books whatever was asked for. */
import { connected } from '../../service/testing/template-database.ts';

/** @returns a sentence for each thing that is wrong */
export async function wrongInLedger(databaseUrl: string): Promise<string[]> {
  return connected(databaseUrl, async (client) => {
    const { rows } = await client.query<Record<string, number>>(COUNTS);
    return Object.entries(rows[0] ?? { 'ledgers read': -1 })
      .filter(([, count]) => count !== 0)
      .map(([what, count]) => `${count} ${what}`);
  });
}

/** Each column is named by what its count would mean. Cancelled orders have given back what they took. */
const COUNTS = `
  WITH ledger AS (
    SELECT product_id, sum(quantity)::bigint AS stock,
           -coalesce(sum(quantity) FILTER (WHERE reason ~ '^order [0-9]+ '), 0)::bigint AS ordered
    FROM stock_changes GROUP BY product_id
  ), taken AS (
    SELECT product_id, sum(quantity)::bigint AS pieces FROM order_lines l
    WHERE NOT EXISTS (SELECT FROM order_history h
                      WHERE h.order_id = l.order_id AND h.status = 'cancelled')
    GROUP BY product_id
  )
  SELECT
    (SELECT count(*)::int FROM products WHERE stock < 0) AS "products with a stock below zero",
    (SELECT count(*)::int FROM products p LEFT JOIN ledger l ON l.product_id = p.id
     WHERE p.stock <> coalesce(l.stock, 0)) AS "products whose ledger is not their stock",
    (SELECT count(*)::int FROM ledger l FULL JOIN taken t USING (product_id)
     WHERE coalesce(l.ordered, 0) <> coalesce(t.pieces, 0))
      AS "products whose orders are not what was taken",
    (SELECT count(*)::int FROM orders o WHERE total_amount IS DISTINCT FROM
       (SELECT sum(unit_price * quantity) FROM order_lines WHERE order_id = o.id))
      AS "orders whose total is not that of their lines"`;
