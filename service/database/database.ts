/** How the service talks to PostgreSQL: one small interface over the pool of the plugin. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import type { Credentials } from './credentials.ts';
import { classify } from './errors.ts';
import type { Statement } from './statement.ts';

/** What a query function takes first: a connection, or a transaction that is open. */
export interface Queryable {
  query<Row extends QueryResultRow>(
    statement: Statement,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
}

export interface Database {
  /** One statement that changes nothing; asked again once when the connection is lost. */
  readonly read: Queryable;
  /** One statement that commits by itself; sent again only when it is known to have done nothing. */
  readonly write: Queryable;
  /**
   * Everything or nothing. `work` may run up to three times: it must do nothing but query.
   * @throws TransactionLost when the server rolled back although nobody asked it to
   */
  transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result>;
}

/** COMMIT was answered with ROLLBACK: an error inside was swallowed. */
class TransactionLost extends Error {
  override readonly name = 'TransactionLost';
}

/** Times that work is begun before its conflict is given up. */
const ATTEMPTS = 3;

export function createDatabase(pool: Pool, credentials?: Credentials): Database {
  const acquire = () => acquireClient(pool, credentials);
  return {
    read: {
      query: async <Row extends QueryResultRow>(asked: Statement, values?: readonly unknown[]) => {
        try {
          return await once<Row>(acquire, asked, values);
        } catch (error) {
          if (classify(error) !== 'lost') throw error;
          return once<Row>(acquire, asked, values);
        }
      },
    },
    write: { query: (asked, values) => untilNoConflict(() => once(acquire, asked, values)) },
    transaction: (work) => untilNoConflict(async () => attempt(await acquire(), work)),
  };
}

type Acquire = () => Promise<PoolClient>;

/** A connection; nothing was sent yet, so every failure to get one may be met with another try. */
async function acquireClient(pool: Pool, credentials?: Credentials): Promise<PoolClient> {
  const login = credentials?.generation;
  try {
    return await pool.connect();
  } catch (error) {
    const kind = classify(error);
    if (kind === 'login-refused' && credentials !== undefined) {
      await credentials.refresh(login);
      return pool.connect();
    }
    if (kind !== 'unreachable' && kind !== 'lost') throw error;
    await wait(50 + Math.random() * 100);
    return pool.connect();
  }
}

async function once<Row extends QueryResultRow>(
  acquire: Acquire,
  statement: Statement,
  values: readonly unknown[] = [],
): Promise<QueryResult<Row>> {
  const client = await acquire();
  let failure: unknown;
  try {
    return await client.query<Row>({ ...statement, values: [...values] });
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    client.release(mustClose(failure));
  }
}

/** What lost against another transaction was rolled back as a whole: it may begin again. */
async function untilNoConflict<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await work();
    } catch (error) {
      if (classify(error) !== 'conflict' || attempts === ATTEMPTS) throw error;
      await wait(Math.random() * 20 * 2 ** attempts);
    }
  }
}

async function attempt<Result>(
  client: PoolClient,
  work: (transaction: Queryable) => Promise<Result>,
): Promise<Result> {
  let failure: unknown;
  try {
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
    const result = await work({
      query: (statement, values = []) => client.query({ ...statement, values: [...values] }),
    });
    // After an error that `work` swallowed, PostgreSQL answers COMMIT with ROLLBACK.
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new TransactionLost(`COMMIT was answered with ${command}`);
    return result;
  } catch (error) {
    failure = error;
    if (!mustClose(error)) await client.query('ROLLBACK').catch(() => (failure = lostConnection));
    throw error;
  } finally {
    client.release(mustClose(failure));
  }
}

/** Stands for a connection that did not even take a ROLLBACK. */
const lostConnection = Object.assign(new Error('rollback failed'), { code: '08006' });

/** A connection that is lost, or leads to a server that became read-only, is not used again. */
function mustClose(error: unknown): boolean {
  return error !== undefined && classify(error) === 'lost';
}
