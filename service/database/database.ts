/** How the service talks to PostgreSQL: one small interface over the pool of the plugin. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import { acquireClient } from './acquire.ts';
import type { Credentials } from './credentials.ts';
import { classify } from './errors.ts';
import { isError } from '../problem.ts';
import type { Pipeline } from './pipeline.ts';
import type { Statement } from './statement.ts';

/** What a query function takes first: a connection, or a transaction that is open. */
export interface Queryable {
  query<Row extends QueryResultRow>(
    statement: Statement,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
}

export interface Database {
  /** One statement that changes nothing; asked again when the connection is lost. */
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

/** Times, at least, that work is begun before its conflict, or the loss of its connection, is told. */
const ATTEMPTS = 3;

/** @param pipeline takes the short reads. @default they go through the pool as all others do */
export function createDatabase(
  pool: Pool,
  credentials?: Credentials,
  pipeline?: Pipeline,
): Database {
  const acquire = () => acquireClient(pool, credentials);
  const read: Read = (asked, values) => untilNo('lost', () => once(acquire, asked, values));
  const change = <Result>(work: () => Promise<Result>) =>
    untilNo('conflict', work).catch((error: unknown) => {
      if (isReadOnly(error)) pipeline?.renew();
      throw error;
    });
  return {
    read: { query: pipeline === undefined ? read : shortCut(pipeline, read) },
    write: { query: (asked, values) => change(() => once(acquire, asked, values)) },
    transaction: (work) => change(async () => attempt(await acquire(), work)),
  };
}

type Acquire = () => Promise<PoolClient>;
type Read = Queryable['query'];

/** Whatever fails in the pipeline is asked again of the pool, which has the last word. */
function shortCut(pipeline: Pipeline, read: Read): Read {
  return async <Row extends QueryResultRow>(asked: Statement, values: readonly unknown[] = []) => {
    const answer = pipeline.read<Row>(asked, values);
    return (await answer?.catch(() => undefined)) ?? read<Row>(asked, values);
  };
}

/** SQLSTATE 25006: the server is a standby since a failover, and reads from it are of the past. */
function isReadOnly(error: unknown): boolean {
  return isError(error) && 'code' in error && error.code === '25006';
}

async function once<Row extends QueryResultRow>(
  acquire: Acquire,
  statement: Statement,
  values: readonly unknown[] = [],
): Promise<QueryResult<Row>> {
  const client = await acquire();
  let failure: unknown;
  try {
    return await client.query<Row>({
      name: statement.name,
      text: statement.text,
      values: [...values],
    });
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    client.release(mustClose(failure));
  }
}

/**
 * Milliseconds to wait before the work is begun again, at most and for a first time, at least half
 * of it; and for how long it is begun again, however often. When one connection breaks, others that
 * wait in the pool often do too, a moment later. What lost against another transaction was rolled
 * back as a whole.
 */
const AGAIN = {
  lost: { pause: 20, within: 500 },
  conflict: { pause: 40, within: 0 },
} as const;

async function untilNo<Result>(
  kind: keyof typeof AGAIN,
  work: () => Promise<Result>,
): Promise<Result> {
  const { pause, within } = AGAIN[kind];
  const since = performance.now();
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await work();
    } catch (error) {
      const enough = attempts >= ATTEMPTS && performance.now() > since + within;
      if (enough || classify(error) !== kind) throw error;
      await wait((0.5 + Math.random() / 2) * pause * 2 ** (attempts - 1));
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
