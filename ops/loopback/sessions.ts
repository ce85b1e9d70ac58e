/** Breaks off the service's sessions with its database, again and again. */
import { setTimeout as pause } from 'node:timers/promises';
import { connected } from '../../service/testing/template-database.ts';

/** All at once, so that every next request needs a connection that is made anew. */
export const BREAK_OFF = `
  SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))::int AS broken
  FROM pg_stat_activity WHERE usename LIKE 'store\\_app%' AND datname = current_database()`;

/**
 * @param between asked each time for the milliseconds until the next
 * @returns how many sessions were broken off, once the signal aborts
 */
export function breakSessions(
  superuserUrl: string,
  signal: AbortSignal,
  between: () => number,
): Promise<number> {
  return connected(superuserUrl, async (superuser) => {
    let broken = 0;
    while (!signal.aborted) {
      const { rows } = await superuser.query<{ broken: number }>(BREAK_OFF);
      broken += rows[0]?.broken ?? 0;
      await pause(between(), undefined, { signal }).catch(() => undefined);
    }
    return broken;
  });
}

/** At random, from so many milliseconds to twice as many. */
export function aboutEvery(milliseconds: number): () => number {
  return () => milliseconds * (1 + Math.random());
}

/** As `breakSessions`, for as long as `work` goes on. */
export async function whileSessionsBreak(
  superuserUrl: string,
  between: () => number,
  work: () => Promise<void>,
): Promise<number> {
  const over = new AbortController();
  const breaking = breakSessions(superuserUrl, over.signal, between);
  // Told below.
  breaking.catch(() => undefined);
  try {
    await work();
  } finally {
    over.abort();
    await breaking;
  }
  return breaking;
}
