/** How a migration waits for tables that somebody else's transaction holds: briefly, and again. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { StartError } from '../exit.ts';
import { isError } from '../problem.ts';
import type { Logger } from '../observability/logger.ts';

/**
 * First in a transaction: every request for the table queues behind who waits for it, and gives up
 * after 2 s. A migration that sets its own limit does so after this, and wins.
 */
export const LOCK_LIMIT = "SET LOCAL lock_timeout = '1500ms'";

/** Milliseconds between two tries, in which those who queued get through. */
const PAUSE = 3000;
const TRIES = 5;

/** SQLSTATE lock_not_available. */
const HELD = '55P03';

/**
 * Repeats `work` while tables are held; what it had begun is rolled back first.
 * @throws StartError that names who holds them, when all tries are used up
 */
export async function despiteLocks(
  owner: Client,
  log: Logger,
  work: () => Promise<unknown>,
  tries: number = TRIES,
): Promise<void> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isError(error) || !('code' in error) || error.code !== HELD) throw error;
      await owner.query('ROLLBACK');
      const holders = await longTransactions(owner);
      if (left === 0) throw new StartError(refusal(holders));
      log.warn({ holders }, `a table is held by another transaction: ${left} more tries`);
      await wait(PAUSE);
    }
  }
}

interface Holder {
  readonly pid: number;
  readonly login: string | null;
  /** Null, as are the seconds, where the owner may not see it. */
  readonly state: string | null;
  readonly seconds: number | null;
  readonly tables: string;
}

/** Who may have been in the way: nobody is any more once the wait was given up. */
async function longTransactions(owner: Client): Promise<readonly Holder[]> {
  const { rows } = await owner.query<Holder>(`
    SELECT pid, usename AS login, state, extract(epoch FROM now() - xact_start)::int AS seconds,
           string_agg(DISTINCT relname, ', ') AS tables
      FROM pg_locks JOIN pg_stat_activity USING (pid) JOIN pg_class ON pg_class.oid = relation
     WHERE granted AND datname = current_database() AND pid <> pg_backend_pid()
       AND database = datid AND relkind IN ('r', 'p')
       AND relnamespace <> 'pg_catalog'::regnamespace
       AND coalesce(xact_start < now() - interval '1500ms', true)
     GROUP BY pid, usename, state, xact_start
     ORDER BY xact_start NULLS LAST LIMIT 5`);
  return rows;
}

function refusal(holders: readonly Holder[]): string {
  const told = holders.map(({ pid, login, state, seconds, tables }) => {
    const known = [login, state, seconds === null ? null : `${seconds} s`];
    return `\n  process ${pid} (${known.filter((part) => part !== null).join(', ')}): ${tables}`;
  });
  const who = told.length === 0 ? ' none is open any more' : told.join('');
  return `a table that the migration changes stayed held by another transaction. The migrations before it are applied, it is not: end what holds the table, then run the same release again. Long transactions:${who}`;
}
