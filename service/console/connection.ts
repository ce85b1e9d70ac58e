/** The console's connection: statements as they are typed, answers as PostgreSQL writes them. */
import { Client, type FieldDef, type QueryArrayConfig, Query, types as defaults } from 'pg';
import { PROJECT } from '../../contract.ts';
import type { DatabaseConfig } from '../config.ts';
import { parseLogin } from '../database/credentials.ts';
import { connectionOptions } from '../database/pool.ts';
import type { SecretStore } from '../database/secret-store.ts';
import type { Table } from './table.ts';

/** Milliseconds: nobody's question may hold up the shop. `SET` changes them for the session. */
const LIMITS = {
  connectionTimeoutMillis: 5000,
  statement_timeout: 30_000,
  lock_timeout: 5000,
  idle_in_transaction_session_timeout: 300_000,
} as const;

/** What is kept of an answer: more than a person reads, less than the task's memory. */
const MOST_ROWS = 1000;
const MOST_CHARACTERS = 1_000_000;

const { builtins } = defaults;
const NUMBERS: ReadonlySet<number> = new Set([
  builtins.INT2,
  builtins.INT4,
  builtins.INT8,
  builtins.FLOAT4,
  builtins.FLOAT8,
  builtins.NUMERIC,
]);

export interface Asked {
  readonly text: string;
  readonly values?: readonly string[];
}

export interface Answer {
  /** `SELECT`, `UPDATE`. */
  readonly command: string;
  /** Undefined where the statement has no rows to show. */
  readonly table: Table | undefined;
  /** All that there were, or were changed. */
  readonly rowCount: number;
}

/** With the login of the service, which may change rows and no table. @throws what pg throws */
export async function connect(
  config: DatabaseConfig,
  secrets: SecretStore,
  onNotice: (text: string) => void,
): Promise<Client> {
  const { address } = config;
  const login =
    'url' in address
      ? undefined
      : parseLogin(await secrets.read(address.secretId), address.secretId);
  const client = new Client({
    ...connectionOptions(config, login),
    ...LIMITS,
    application_name: `${PROJECT}-psql`,
    types: { getTypeParser: () => (text: string) => text },
  });
  // Told by the statement that fails; without a listener it would end the process.
  client.on('error', () => undefined);
  client.on('notice', ({ severity, message }) => onNotice(`${severity}: ${message}`));
  await client.connect();
  return client;
}

/**
 * One statement, alone in a transaction that can change nothing: none of its own words, nor any
 * before it, makes that transaction another one.
 * @throws DatabaseError
 */
export async function askReading(client: Client, asked: Asked): Promise<Answer> {
  // After a first question PostgreSQL lets nobody turn it into one that writes.
  await client.query('BEGIN READ ONLY; SELECT');
  try {
    return await ask(client, asked);
  } finally {
    // It has nothing to keep but what was `SET`.
    await client.query('COMMIT').catch(() => undefined);
  }
}

/** One statement: the extended protocol takes no second one beside it. @throws DatabaseError */
export async function ask(client: Client, { text, values = [] }: Asked): Promise<Answer> {
  // pg knows `queryMode`, its types do not.
  const question: QueryArrayConfig & { readonly queryMode: 'extended' } = {
    text,
    values: [...values],
    rowMode: 'array',
    queryMode: 'extended',
  };
  const query = client.query(new Query(question));
  const rows: (string | null)[][] = [];
  let characters = 0;
  query.on('row', (row: (string | null)[]) => {
    if (rows.length >= MOST_ROWS || characters > MOST_CHARACTERS) return;
    rows.push(row);
    characters += row.reduce((sum, value) => sum + (value?.length ?? 0), 0);
  });
  const { command, rowCount, fields } = await ended(query);
  return {
    command,
    rowCount: rowCount ?? 0,
    table: fields.length === 0 ? undefined : { columns: fields.map(columnOf), rows },
  };
}

interface Ended {
  readonly command: string;
  readonly rowCount: number | null;
  readonly fields: readonly FieldDef[];
}

function ended(query: Query): Promise<Ended> {
  return new Promise((resolve, reject) => {
    query.once('end', (result: Ended) => resolve(result));
    query.once('error', reject);
  });
}

function columnOf({ name, dataTypeID }: FieldDef) {
  return { name, isNumber: NUMBERS.has(dataTypeID) };
}
