/** How PostgreSQL would answer what is asked most: no such statement may read a table from end to end. */
import { statements } from '../../service/database/statement.ts';
// Every room with statements is loaded through the application.
import '../../service/app.ts';
import { connected } from '../../service/testing/template-database.ts';

/** What the five operations and their checks ask, and the other lists that anybody may ask for. */
const HOT = [
  'find-product',
  'list-products-newest',
  'list-products-newest-of-category',
  'list-products-newest-with-words',
  'list-products-name',
  'list-products-price',
  'list-products--price',
  'place-order',
  'find-answer',
  'find-order',
  'list-orders-of-customer',
  'list-orders-of-customer-in-status',
];

export interface HotPlan {
  readonly statement: string;
  readonly plan: string;
  /** Tables that are read from end to end. */
  readonly scanned: readonly string[];
}

/**
 * The plan for all values at once, which PostgreSQL settles for when it is no worse than others.
 * @param databaseUrl of a database with as many rows as the question is about, analyzed
 */
export async function explainHot(databaseUrl: string): Promise<HotPlan[]> {
  return connected(databaseUrl, async (client) => {
    const plans: HotPlan[] = [];
    for (const name of HOT) {
      const text = statements.get(name)?.text;
      if (text === undefined) throw new Error(`there is no statement ${name} any more`);
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN (GENERIC_PLAN, COSTS OFF) ${text}`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      plans.push({ statement: name, plan, scanned: scannedBy(plan) });
    }
    return plans;
  });
}

/** The tables of its sequential scans. */
export function scannedBy(plan: string): string[] {
  return [...plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table]) => table ?? '');
}
