/** Holds what buyers of scarce stock were told against what the database has. */
import type { Client } from 'pg';
import type { Answer, Purchase } from './buyer.ts';
import { connected } from '../../../service/testing/template-database.ts';

export interface Refusal {
  readonly key: string;
  readonly heardAt: number;
  /** Lines of which there was said to be too little. */
  readonly short: Purchase['lines'];
}

interface Told {
  readonly confirmed: readonly Answer[];
  readonly refusals: readonly Refusal[];
  /** Of each product, before anything was sold. Nothing came in since. */
  readonly stock: number;
}

/** @returns a sentence for each thing wrong */
export async function wrongInSale(
  databaseUrl: string,
  { confirmed, refusals, stock }: Told,
): Promise<string[]> {
  return connected(databaseUrl, async (client) => {
    const values = [keysOf(confirmed), keysOf(refusals), stock];
    const { rows } = await client.query<Record<string, number>>(COUNTS, values);
    const early = refusals.length - (await justified(client, refusals));
    return Object.entries({ ...rows[0], 'refusals named a line that could still be had': early })
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${count} ${what}`);
  });
}

function keysOf(told: readonly { readonly key: string }[]): string[] {
  return told.map(({ key }) => key);
}

/** Each column is named by what its count would mean. The note of an order is its key. */
const COUNTS = `
  SELECT
    (SELECT count(*)::int FROM (SELECT FROM orders GROUP BY note HAVING count(*) > 1) AS twice)
      AS "keys have more than one order",
    (SELECT count(*)::int FROM orders WHERE note <> ALL ($1))
      AS "orders were placed and nobody was told",
    (SELECT count(*)::int FROM orders WHERE note = ANY ($2))
      AS "orders were placed and refused all the same",
    (SELECT count(*)::int FROM products p WHERE $3 - stock <> coalesce(
       (SELECT sum(quantity) FROM order_lines WHERE product_id = p.id), 0))
      AS "products lack other pieces than those that were sold",
    (SELECT count(*)::int FROM (
       SELECT stock, sum(quantity) OVER (PARTITION BY product_id ORDER BY position) AS counted
       FROM stock_changes) AS ledger WHERE stock <> counted)
      AS "changes in the ledger name another stock than their sum"`;

/** Milliseconds by which a time in the ledger, which is rounded, may be after one of ours. */
const ROUNDING = 2;

/** Stock only goes down, so what was short once stayed short; a change is dated before its commit. */
async function justified(client: Client, refusals: readonly Refusal[]): Promise<number> {
  const { rows } = await client.query<{ line: string; since: Date }>(
    `SELECT product_id || ' ' || quantity AS line, min(created_at) AS since
     FROM (SELECT product_id, stock, created_at FROM stock_changes) AS ledger,
          generate_series(1, 1000) AS quantity
     WHERE stock < quantity GROUP BY product_id, quantity`,
  );
  const shortSince = new Map(rows.map(({ line, since }) => [line, since.getTime()]));
  return refusals.filter(
    ({ short, heardAt }) =>
      short.length > 0 &&
      short.every(({ productId, quantity }) => {
        const since = shortSince.get(`${productId} ${quantity}`);
        return since !== undefined && since <= heardAt + ROUNDING;
      }),
  ).length;
}
