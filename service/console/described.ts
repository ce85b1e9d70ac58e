/** What begins with a backslash, as in psql: looking at tables. */
import type { Asked } from './connection.ts';

export const HELP = String.raw`A statement ends with a semicolon. Each one is logged with your name.
  \dt          tables
  \d <table>   its columns, indexes and constraints
  \timing      tell how long each statement took, or no more
  \q           end (as Ctrl-D does)
  \?           this text`;

const TABLES = `
  SELECT c.relname AS "table", CASE c.relkind WHEN 'v' THEN 'view' ELSE 'table' END AS kind,
    CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END AS "rows, about",
    pg_size_pretty(pg_total_relation_size(c.oid)) AS size
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
  ORDER BY 1`;

const COLUMNS = `
  SELECT a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type,
    CASE WHEN a.attnotnull THEN 'not null' ELSE '' END AS "null",
    coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS "default"
  FROM pg_attribute a
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY a.attnum`;

const RULES = `
  SELECT conname AS "constraint", pg_get_constraintdef(oid) AS definition
  FROM pg_constraint WHERE conrelid = $1::regclass
  UNION ALL
  SELECT 'index', pg_get_indexdef(indexrelid)
  FROM pg_index WHERE indrelid = $1::regclass AND NOT indisprimary
  ORDER BY 1, 2`;

/** @returns the questions that it stands for; undefined where there is no such command */
export function described(command: string): readonly Asked[] | undefined {
  const [, name = '', table = ''] = /^\\(\S+)\s*(.*?)[\s;]*$/.exec(command) ?? [];
  if (name === 'dt' || (name === 'd' && table === '')) return [{ text: TABLES }];
  if (name !== 'd') return undefined;
  return [COLUMNS, RULES].map((text) => ({ text, values: [table] }));
}
