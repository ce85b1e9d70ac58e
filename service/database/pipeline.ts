/**
 * Short reads of many requests over few connections: each is sent at once, not when the one before
 * it is answered. What fails here may be asked again elsewhere; nothing waits for a connection.
 */
import type { Pool, QueryResult, QueryResultRow } from 'pg';
import type { Logger } from '../observability/logger.ts';
import type { Credentials } from './credentials.ts';
import { Lane } from './lane.ts';
import type { Statement } from './statement.ts';

/** More gain nothing for reads, and one would leave nothing while it is replaced. */
const LANES = 2;

/** Of the pool's connections at most every third: the others are for writes and longer reads. */
const SHARE = 3;

export class Pipeline {
  readonly #lanes: readonly Lane[];
  #turn = 0;

  /** @param pool whose clients were made with `pipeline: true`; with fewer than three it stays whole */
  constructor(pool: Pool, log: Logger, credentials?: Credentials) {
    const length = Math.min(LANES, Math.floor(pool.options.max / SHARE));
    this.#lanes = Array.from({ length }, () => new Lane(pool, log, credentials));
  }

  /** Undefined where it cannot be asked here now: another way is quicker than to wait. */
  read<Row extends QueryResultRow>(
    statement: Statement,
    values: readonly unknown[],
  ): Promise<QueryResult<Row>> | undefined {
    if (statement.short !== true) return undefined;
    for (const _ of this.#lanes) {
      this.#turn = (this.#turn + 1) % this.#lanes.length;
      const answer = this.#lanes[this.#turn]?.read<Row>(statement, values);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** The server is not what it was: what is in flight is still answered, what follows goes anew. */
  renew(): void {
    for (const lane of this.#lanes) lane.renew();
  }

  /** Gives the connections back; for good. */
  close(): void {
    for (const lane of this.#lanes) lane.close();
  }
}
