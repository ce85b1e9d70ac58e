/** Something in the database that is held for a while, and how the store goes on afterwards. */
import type { Client } from 'pg';
import type { Visit } from '../../loopback/visitors.ts';
import { type Recovery, recovery } from './recovery.ts';
import type { StoreInUse } from './store-in-use.ts';

interface Held {
  readonly recovered: Recovery;
  /** Whether it was waiting for its answer then. */
  readonly isMeanwhile: (visit: Visit) => boolean;
}

export async function hold(
  store: StoreInUse,
  holder: Client,
  { lock, seconds }: { lock: string; seconds: number },
): Promise<Held> {
  await store.pause(300);
  await holder.query('BEGIN');
  await holder.query(lock);
  const from = performance.now();
  try {
    await store.pause(seconds * 1000);
  } finally {
    await holder.query('ROLLBACK');
  }
  const to = performance.now();
  const recovered = await recovery(store, to);
  return { recovered, isMeanwhile: ({ at, milliseconds }) => at < to && at + milliseconds > from };
}
