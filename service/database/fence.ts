/** Shuts the service out of a database: two that are both written to can never be made one again. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { APP_LOGINS, barLogin } from './roles.ts';

/** Milliseconds between two looks: who was let in right before may only just appear. */
const PAUSE = 100;
/** Looks in a row that find nobody. */
const QUIET = 2;

/** @returns how many sessions it ended, with what they had not committed */
export async function fence(owner: Client): Promise<number> {
  for (const login of APP_LOGINS) await barLogin(owner, login);
  let ended = 0;
  for (let quiet = 0; quiet < QUIET; quiet += 1) {
    const { rowCount } = await owner.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ANY($1)',
      [APP_LOGINS],
    );
    if (rowCount !== 0) quiet = -1;
    ended += rowCount ?? 0;
    await wait(PAUSE);
  }
  return ended;
}
