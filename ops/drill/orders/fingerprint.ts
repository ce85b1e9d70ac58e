/** What a database is, in a form that can be compared: its schema, its rows, its logins. */
import { type Client, escapeIdentifier } from 'pg';

/** By catalogue: everything that DDL, GRANT or ALTER ROLE could change. */
const CATALOGUES = [
  'pg_attrdef',
  'pg_attribute',
  'pg_auth_members',
  'pg_authid',
  'pg_class',
  'pg_constraint',
  'pg_database',
  'pg_db_role_setting',
  'pg_default_acl',
  'pg_event_trigger',
  'pg_extension',
  'pg_index',
  'pg_largeobject_metadata',
  'pg_namespace',
  'pg_policy',
  'pg_proc',
  'pg_publication',
  'pg_rewrite',
  'pg_trigger',
  'pg_type',
];

/** What vacuuming changes. */
const HOUSEKEEPING = [
  'relpages',
  'reltuples',
  'relallvisible',
  'relfrozenxid',
  'relminmxid',
  'datfrozenxid',
  'datminmxid',
];

/** @returns a digest of each catalogue, passwords and privileges included */
export async function schemaOf(superuser: Client): Promise<Record<string, string>> {
  const digests = CATALOGUES.map((name) => {
    const row = `(to_jsonb(${name}) - $1::text[])::text`;
    return `(SELECT md5(string_agg(${row}, ',' ORDER BY ${row})) FROM ${name}) AS ${name}`;
  });
  const { rows } = await superuser.query<Record<string, string>>(`SELECT ${digests.join()}`, [
    HOUSEKEEPING,
  ]);
  return rows[0] ?? {};
}

export async function tablesOf(superuser: Client): Promise<string[]> {
  const { rows } = await superuser.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  );
  return rows.map(({ name }) => name);
}

export async function rowCounts(superuser: Client): Promise<Record<string, number>> {
  const counts = (await tablesOf(superuser)).map(escapeIdentifier);
  const { rows } = await superuser.query<Record<string, number>>(
    `SELECT ${counts.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`).join()}`,
  );
  return rows[0] ?? {};
}

/** @returns the names whose values differ */
export function differences<Value>(
  before: Readonly<Record<string, Value>>,
  after: Readonly<Record<string, Value>>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]);
}
