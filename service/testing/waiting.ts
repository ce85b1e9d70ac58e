/** What happens at the same time is waited for by asking PostgreSQL, never by sleeping. */
import { connected } from './template-database.ts';

/** Until a statement in this database waits for a lock. */
export function untilSomebodyWaits(superuserUrl: string): Promise<void> {
  return untilActive(superuserUrl, `wait_event_type = 'Lock'`);
}

/** Until a statement in this database runs pg_sleep. */
export function untilSomebodySleeps(superuserUrl: string): Promise<void> {
  return untilActive(superuserUrl, `wait_event = 'PgSleep'`);
}

function untilActive(superuserUrl: string, condition: string): Promise<void> {
  return connected(superuserUrl, async (client) => {
    for (;;) {
      const { rowCount } = await client.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND ${condition}`,
      );
      if (rowCount !== 0) return;
    }
  });
}
