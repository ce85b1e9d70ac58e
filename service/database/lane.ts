/** One connection of the pipeline: opened when it is wanted, replaced when it breaks or ages. */
import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import type { Logger } from '../observability/logger.ts';
import { acquireClient } from './acquire.ts';
import type { Credentials } from './credentials.ts';
import { classify } from './errors.ts';
import type { Statement } from './statement.ts';

/** Milliseconds that a statement may take here, where all behind it wait. */
const STATEMENT_TIMEOUT = 250;

/** Milliseconds until an answer is there, those in front of it included; then the way is lost. */
const QUERY_TIMEOUT = 1000;

/** Milliseconds after which it is opened anew, as the pool's own are. */
const LIFETIME = 1_800_000;

/** Milliseconds without one, after it could not be opened or something took too long. */
const REST = 1000;

/** Milliseconds without a read until it goes back, where the pool says nothing about its own. */
const IDLE = 10_000;

interface Held {
  readonly client: PoolClient;
  readonly opened: number;
  /** Of the login. */
  readonly generation: number | undefined;
  /** Looks whether anybody asks. */
  readonly watch: NodeJS.Timeout;
}

export class Lane {
  readonly #pool: Pool;
  readonly #log: Logger;
  readonly #credentials: Credentials | undefined;
  #held: Held | undefined;
  #opening = false;
  #closed = false;
  #restUntil = 0;
  #corked = false;
  #asked = false;

  constructor(pool: Pool, log: Logger, credentials?: Credentials) {
    this.#pool = pool;
    this.#log = log;
    this.#credentials = credentials;
  }

  /** Undefined while there is no connection. */
  read<Row extends QueryResultRow>(
    statement: Statement,
    values: readonly unknown[],
  ): Promise<QueryResult<Row>> | undefined {
    const client = this.#ready();
    if (client === undefined) return undefined;
    this.#asked = true;
    this.#cork(client);
    return this.#ask(client, statement, values);
  }

  /** What is in flight is still answered. */
  renew(): void {
    const held = this.#held;
    this.#held = undefined;
    clearInterval(held?.watch);
    held?.client.release(true);
  }

  close(): void {
    this.#closed = true;
    this.renew();
  }

  async #ask<Row extends QueryResultRow>(
    client: PoolClient,
    { name, text }: Statement,
    values: readonly unknown[],
  ): Promise<QueryResult<Row>> {
    try {
      return await client.query<Row>(queryOf(name, text, values));
    } catch (error) {
      if (classify(error) === 'timeout') this.#giveUp(client);
      throw error;
    }
  }

  #ready(): PoolClient | undefined {
    const held = this.#held;
    if (held === undefined) {
      if (!this.#opening && !this.#closed && performance.now() > this.#restUntil) void this.#open();
      return undefined;
    }
    if (
      held.generation === this.#credentials?.generation &&
      performance.now() < held.opened + LIFETIME
    ) {
      return held.client;
    }
    this.renew();
    return this.#ready();
  }

  /** Never rejects: whoever reads meanwhile goes another way. */
  async #open(): Promise<void> {
    this.#opening = true;
    try {
      const client = await acquireClient(this.#pool, this.#credentials);
      client.on('error', () => this.#lose(client));
      await this.#prepare(client);
    } catch {
      // Those who read say what is wrong with the database.
      this.#restUntil = performance.now() + REST;
    } finally {
      this.#opening = false;
    }
  }

  async #prepare(client: PoolClient): Promise<void> {
    try {
      await client.query(`SET statement_timeout = ${STATEMENT_TIMEOUT}`);
    } catch (error) {
      client.release(true);
      throw error;
    }
    const generation = this.#credentials?.generation;
    const watch = setInterval(this.#returnWhenIdle, this.#pool.options.idleTimeoutMillis ?? IDLE);
    this.#held = { client, opened: performance.now(), generation, watch: watch.unref() };
    if (this.#closed) this.renew();
  }

  /** As the pool does with its own, so that writes have all connections where nobody reads. */
  readonly #returnWhenIdle = (): void => {
    if (!this.#asked) this.renew();
    this.#asked = false;
  };

  /** What was in flight is told by pg. */
  #lose(client: PoolClient): void {
    if (this.#held?.client === client) this.renew();
  }

  /**
   * Something held up all the others. They would each run into the same in turn (a table that is
   * locked), so they are let go at once, and for a while everybody takes another way.
   */
  #giveUp(client: PoolClient): void {
    if (this.#held?.client !== client) return;
    this.#log.warn(`a short read took longer than ${STATEMENT_TIMEOUT} ms`);
    this.#restUntil = performance.now() + REST;
    client.connection.stream.destroy();
    this.renew();
  }

  /** All that is asked in one turn of the event loop goes out in one write. */
  #cork({ connection: { stream } }: PoolClient): void {
    if (this.#corked) return;
    this.#corked = true;
    stream.cork();
    setImmediate(() => {
      this.#corked = false;
      stream.uncork();
    });
  }
}

/** pg reads `query_timeout` here too, its types do not know it. */
function queryOf(name: string, text: string, values: readonly unknown[]) {
  return { name, text, values: [...values], query_timeout: QUERY_TIMEOUT };
}
