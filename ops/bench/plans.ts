/** How PostgreSQL would answer each statement: none may read a large table from end to end. */
import type { Client } from 'pg';
import { statements } from '../../service/database/statement.ts';
// Every room with statements is loaded through the application.
import '../../service/app.ts';
import { connected } from '../../service/testing/template-database.ts';

/** Rows from which on a table must have an index for each question; smaller ones are read as fast. */
const LARGE = 1000;

export interface StatementPlan {
  readonly statement: string;
  readonly plan: string;
  /** Tables that are read from end to end. */
  readonly scanned: readonly string[];
}

/**
 * The plan for all values at once: the service's sessions ask for no other.
 * @param databaseUrl of a database with as many rows as the question is about, analyzed
 */
export async function explainStatements(databaseUrl: string): Promise<StatementPlan[]> {
  return connected(databaseUrl, async (client) => {
    const plans: StatementPlan[] = [];
    const large = await largeTables(client);
    for (const { name, text } of statements.values()) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN (GENERIC_PLAN, COSTS OFF) ${text}`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      plans.push({
        statement: name,
        plan,
        scanned: scannedBy(plan).filter((table) => large.has(table)),
      });
    }
    return plans;
  });
}

async function largeTables(client: Client): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND reltuples >= ${LARGE}`,
  );
  return new Set(rows.map(({ name }) => name));
}

/** The tables of its sequential scans. */
export function scannedBy(plan: string): string[] {
  return [...plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table]) => table ?? '');
}
