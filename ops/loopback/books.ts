/** Holds what customers were told against what the database has. */
import type { Visitors } from './visitors.ts';
import { wrongInLedger } from './ledger.ts';
import { connected } from '../../service/testing/template-database.ts';

/** Orders are only placed meanwhile, never cancelled. @returns a sentence for each thing wrong */
export async function wrongInBooks(
  databaseUrl: string,
  { visits, customers }: Pick<Visitors, 'visits' | 'customers'>,
): Promise<string[]> {
  const orders = new Map<string, Set<string>>();
  for (const { key, orderId } of visits) {
    if (key === undefined || orderId === undefined) continue;
    orders.set(key, (orders.get(key) ?? new Set()).add(orderId));
  }
  const confirmed = [...orders.values()].flatMap((ids) => Array.from(ids));
  const twice = [...orders.values()].filter(({ size }) => size > 1).length;
  const { rows } = await connected(databaseUrl, (client) =>
    client.query<Record<string, number>>(COUNTS, [confirmed, customers]),
  );
  const told = Object.entries({ ...rows[0], 'keys confirmed with two orders': twice })
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`);
  return [...told, ...(await wrongInLedger(databaseUrl))];
}

/** Each column is named by what its count would mean. */
const COUNTS = `
  SELECT
    (SELECT count(*)::int FROM unnest($1::uuid[]) AS told (id)
     WHERE NOT EXISTS (SELECT FROM orders WHERE orders.id = told.id))
      AS "orders were confirmed and are not in the database",
    (SELECT abs((SELECT count(*) FROM orders WHERE customer_id = ANY ($2))
              - (SELECT count(*) FROM idempotency_keys WHERE customer_id = ANY ($2)))::int)
      AS "orders more, or fewer, than keys they were placed with"`;
