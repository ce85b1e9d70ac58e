/** What the guard asks of the database itself. */
import type { Client } from 'pg';
import type { Proof } from './danger.ts';

/**
 * From here on a table is large. Reading or rewriting what is smaller takes well under a second on
 * the smallest instance, which is less than the 2 s that the service waits for a lock (pool.ts).
 */
const LARGE_BYTES = 100_000_000;
export const LARGE_ROWS = 100_000;

const SIZE = `
  WITH RECURSIVE family AS (
    SELECT to_regclass($1)::oid AS oid
    UNION SELECT inhrelid FROM pg_inherits JOIN family ON inhparent = oid)
  SELECT to_regclass($1)::text AS name, coalesce(sum(pg_total_relation_size(oid)), 0) >= $2 AS large
    FROM family`;

/** Counted, not estimated: statistics may be missing or old, and what is small is soon counted. */
export async function isLarge(owner: Client, table: string): Promise<boolean> {
  const { rows } = await owner.query<{ name: string | null; large: boolean }>(SIZE, [
    table,
    LARGE_BYTES,
  ]);
  const { name = null, large = false } = rows[0] ?? {};
  // What is not there is a name within the statement, or PostgreSQL refuses it.
  if (name === null || large) return large;
  const { rowCount } = await owner.query(`SELECT FROM ${name} LIMIT ${LARGE_ROWS}`);
  return (rowCount ?? 0) >= LARGE_ROWS;
}

/** What a CREATE INDEX CONCURRENTLY leaves that was interrupted, or met two rows of one value. */
export async function dropInvalidIndex(owner: Client, index: string): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT indexrelid::regclass::text AS name FROM pg_index
      WHERE indexrelid = to_regclass($1) AND NOT indisvalid`,
    [index],
  );
  for (const { name } of rows) await owner.query(`DROP INDEX CONCURRENTLY ${name}`);
}

const PROOFS: Readonly<Record<Proof['kind'], string>> = {
  'valid index': `SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND indisvalid`,
  'no function': 'SELECT WHERE NOT EXISTS (SELECT FROM pg_proc WHERE proname = $1)',
  'no role': 'SELECT WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)',
  'never null': `
    SELECT FROM pg_constraint
     WHERE conrelid = to_regclass($1) AND contype = 'c' AND convalidated
       AND pg_get_constraintdef(oid) = format('CHECK ((%I IS NOT NULL))', $2::text)`,
};

export async function isProved(owner: Client, proof: Proof): Promise<boolean> {
  const values = proof.kind === 'never null' ? [proof.table, proof.column] : [proof.name];
  const { rows } = await owner.query(PROOFS[proof.kind], values);
  return rows.length > 0;
}
