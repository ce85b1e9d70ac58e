/** Asks which connection answers, for tests of the pipeline. */
import type { Pool } from 'pg';
import type { Database } from '../database/database.ts';

const WHO = { name: 'who', text: 'SELECT pg_backend_pid() AS pid', short: true };

export interface ShortReads {
  /** @returns the backend that answers. @default a short statement */
  who(statement?: typeof WHO): Promise<number>;
  manyAsk(count: number): Promise<number[]>;
  /** Connections that are lent; while nobody asks, those of the pipeline. */
  held(): number;
  /** @returns the backends that answer short reads, once all of them are open */
  untilHeld(count?: number): Promise<Set<number>>;
}

export function shortReads(db: Database, pool: Pool): ShortReads {
  const who = async (statement = WHO) => {
    const { rows } = await db.read.query<{ pid: number }>(statement);
    return rows[0]?.pid ?? 0;
  };
  const manyAsk = (count: number) => Promise.all(Array.from({ length: count }, () => who()));
  const held = () => pool.totalCount - pool.idleCount;
  return {
    who,
    manyAsk,
    held,
    async untilHeld(count = 2) {
      for (;;) {
        const pids = new Set(await manyAsk(20));
        if (held() === count && (count === 0 || pids.size === count)) return pids;
      }
    },
  };
}
