/** What somebody could try who has the service's login: each of these is to be refused. */

/** SQLSTATE of what a login may not do. */
const REFUSED = '42501';
/** SQLSTATE of what PostgreSQL does not do for anybody. */
const UNKNOWN_TO_POSTGRES = '0A000';

export interface Forbidden {
  /** `The login may …` is what is said when it works. */
  readonly what: string;
  readonly statement: string;
  readonly code: string;
}

interface Neighbourhood {
  readonly tables: readonly string[];
  /** Of a connection that is not the service's. */
  readonly superuserPid: number;
}

/** Tables whose rows are deleted in daily use. */
const FORGETTABLE = new Set(['api_keys', 'idempotency_keys']);
/** Tables whose rows stay as they were written. */
const APPEND_ONLY = ['order_history', 'order_lines', 'stock_changes'];
const READ_ONLY = ['migrations', 'schema_requirement'];

export function forbidden({ tables, superuserPid }: Neighbourhood): Forbidden[] {
  const ofTables = tables.flatMap((table): [string, string][] => [
    [`empty ${table}`, `TRUNCATE ${table} CASCADE`],
    [`drop ${table}`, `DROP TABLE ${table} CASCADE`],
    [`change ${table}`, `ALTER TABLE ${table} ADD COLUMN breach int`],
    [`own ${table}`, `ALTER TABLE ${table} OWNER TO CURRENT_USER`],
    [`index ${table}`, `CREATE INDEX ON ${table} ((1))`],
    [`disable the triggers of ${table}`, `ALTER TABLE ${table} DISABLE TRIGGER ALL`],
  ]);
  const rows = [
    ...tables
      .filter((table) => !FORGETTABLE.has(table))
      .map((table) => [`delete from ${table}`, `DELETE FROM ${table}`] as const),
    ...APPEND_ONLY.flatMap(
      (table) =>
        COLUMNS_OF[table]?.map(
          (column) =>
            [`rewrite ${table}.${column}`, `UPDATE ${table} SET ${column} = ${column}`] as const,
        ) ?? [],
    ),
    ...READ_ONLY.flatMap((table) => [
      [`add to ${table}`, `INSERT INTO ${table} SELECT * FROM ${table}`] as const,
      [`delete from ${table}`, `DELETE FROM ${table}`] as const,
    ]),
  ];
  const refused = [...DDL, ...ofTables, ...rows, ...POWER, ...FILES, ...ELSEWHERE];
  return [
    ...refused.map(([what, statement]) => ({ what, statement, code: REFUSED })),
    {
      what: 'end the connections of others',
      statement: `SELECT pg_terminate_backend(${superuserPid})`,
      code: REFUSED,
    },
    {
      what: 'read another database from this one',
      statement: 'SELECT * FROM neighbours.public.secrets',
      code: UNKNOWN_TO_POSTGRES,
    },
  ];
}

const COLUMNS_OF: Readonly<Record<string, readonly string[]>> = {
  order_history: ['status', 'at', 'by'],
  order_lines: ['unit_price', 'quantity'],
  stock_changes: ['quantity', 'stock', 'reason'],
};

type Attempt = readonly [what: string, statement: string];

const DDL: readonly Attempt[] = [
  ['make tables', 'CREATE TABLE breach (id int)'],
  ['make tables of its own session', 'CREATE TEMP TABLE breach (id int)'],
  ['make schemas', 'CREATE SCHEMA breach'],
  ['make views', 'CREATE VIEW breach AS SELECT 1'],
  ['make sequences', 'CREATE SEQUENCE breach'],
  ['make types', `CREATE TYPE breach AS ENUM ('a')`],
  ['make functions', `CREATE FUNCTION breach() RETURNS int LANGUAGE sql AS 'SELECT 1'`],
  ['install extensions', 'CREATE EXTENSION pgcrypto'],
  ['make triggers of events', 'CREATE EVENT TRIGGER breach ON sql_drop EXECUTE FUNCTION now()'],
  ['publish', 'CREATE PUBLICATION breach FOR ALL TABLES'],
];

const POWER: readonly Attempt[] = [
  ['become the owner', 'SET ROLE store_owner'],
  ['become the superuser', 'SET SESSION AUTHORIZATION postgres'],
  ['be a superuser', 'ALTER ROLE CURRENT_USER SUPERUSER'],
  ['be allowed to make roles', 'ALTER ROLE CURRENT_USER CREATEROLE'],
  ['join the owner', 'GRANT store_owner TO CURRENT_USER'],
  ['join who may read files', 'GRANT pg_read_server_files TO CURRENT_USER'],
  ['change the other login', `ALTER ROLE store_app_b PASSWORD 'breach'`],
  ['make roles', 'CREATE ROLE breach LOGIN'],
  ['drop roles', 'DROP ROLE store_app_b'],
  ['make databases', 'CREATE DATABASE breach'],
  ['switch foreign keys off', 'SET session_replication_role = replica'],
  ['change the server', `ALTER SYSTEM SET log_statement = 'all'`],
  ['reload the server', 'SELECT pg_reload_conf()'],
  ['read passwords', 'SELECT rolpassword FROM pg_authid'],
  ['read who may log in', 'SELECT * FROM pg_hba_file_rules'],
];

const FILES: readonly Attempt[] = [
  ['run programs', `COPY (SELECT 1) TO PROGRAM 'true'`],
  ['run programs for rows', `COPY products FROM PROGRAM 'true'`],
  ['write files', `COPY (SELECT 1) TO '/tmp/breach'`],
  ['read files into tables', `COPY products (name) FROM '/etc/passwd'`],
  ['read files', `SELECT pg_read_file('/etc/passwd')`],
  ['read files of bytes', `SELECT pg_read_binary_file('/etc/passwd')`],
  ['list folders', `SELECT pg_ls_dir('.')`],
  ['look at files', `SELECT pg_stat_file('/etc/passwd')`],
  ['import files', `SELECT lo_import('/etc/passwd')`],
  ['load libraries', `LOAD 'auto_explain'`],
];

const ELSEWHERE: readonly Attempt[] = [
  ['read other schemas', 'SELECT * FROM private.secrets'],
  ['write into other schemas', 'INSERT INTO private.secrets VALUES (1)'],
  ['make tables in other schemas', 'CREATE TABLE private.breach (id int)'],
];
