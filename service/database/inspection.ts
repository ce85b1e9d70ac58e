/** What a database holds, in figures: whether it is whole, and what it has that another one lacks. */
import { type Client, escapeIdentifier } from 'pg';
import { schemaMismatch, schemaVersion } from './schema.ts';

export interface Inspection {
  readonly schema: {
    readonly build: number;
    readonly minimumBuild: number;
    /** Why the service cannot work with it as it is. @default it can */
    readonly mismatch?: string;
  };
  /** How many each table has. */
  readonly rows: Readonly<Record<string, number>>;
  /** How many break a rule of the ledger; none where nothing is wrong. */
  readonly broken: Readonly<Record<string, number>>;
  /** When the newest of each kind was written, RFC 3339; null where there is none. */
  readonly newest: Readonly<Record<string, string | null>>;
}

/** By what is counted; each finds the ones that break it. */
const RULES: Readonly<Record<string, string>> = {
  'products whose stock is not the sum of its changes': `
    SELECT FROM products LEFT JOIN stock_changes ON product_id = products.id
     GROUP BY products.id HAVING products.stock <> coalesce(sum(quantity), 0)`,
  'orders whose total is not the sum of their lines': `
    SELECT FROM orders LEFT JOIN order_lines ON order_id = orders.id
     GROUP BY orders.id HAVING total_amount <> coalesce(sum(unit_price * quantity), 0)`,
  'orders whose status is not the last of their history': `
    SELECT FROM orders LEFT JOIN LATERAL (
      SELECT status FROM order_history WHERE order_id = orders.id ORDER BY position DESC LIMIT 1
    ) AS last ON true
     WHERE orders.status IS DISTINCT FROM last.status`,
};

const NEWEST: Readonly<Record<string, string>> = {
  order: 'SELECT max(updated_at) AS at FROM orders',
  'change of stock': 'SELECT max(created_at) AS at FROM stock_changes',
};

/** All of one moment, whoever writes meanwhile. Counts every row: minutes where there are many. */
export async function inspect(owner: Client): Promise<Inspection> {
  await owner.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const tables = await tablesOf(owner);
    // Of a moment before the first migration.
    const isMigrated = tables.includes('orders');
    return {
      schema: isMigrated ? await schemaOf(owner) : { build: 0, minimumBuild: 0, mismatch: EMPTY },
      rows: await countEach(owner, tables),
      broken: isMigrated ? await brokenRules(owner) : {},
      newest: isMigrated ? await newestOf(owner) : {},
    };
  } finally {
    await owner.query('ROLLBACK');
  }
}

const EMPTY = 'nothing was migrated yet';

async function tablesOf(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

async function schemaOf(owner: Client): Promise<Inspection['schema']> {
  const mismatch = await schemaMismatch(owner);
  return { ...(await schemaVersion(owner)), ...(mismatch !== undefined && { mismatch }) };
}

async function countEach(
  owner: Client,
  tables: readonly string[],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables) counts[table] = await count(owner, escapeIdentifier(table));
  return counts;
}

async function brokenRules(owner: Client): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [rule, query] of Object.entries(RULES)) {
    counts[rule] = await count(owner, `(${query}) AS broken`);
  }
  return counts;
}

async function newestOf(owner: Client): Promise<Record<string, string | null>> {
  const times: Record<string, string | null> = {};
  for (const [what, query] of Object.entries(NEWEST)) {
    const { rows } = await owner.query<{ at: string | null }>(query);
    times[what] = rows[0]?.at ?? null;
  }
  return times;
}

async function count(owner: Client, from: string): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(`SELECT count(*) AS n FROM ${from}`);
  return rows[0]?.n ?? 0;
}
