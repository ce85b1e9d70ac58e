/** The database takes no writes for a while: what connections see that lead to the old primary. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Visit } from '../../loopback/visitors.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import {
  type Absence,
  answered,
  failures,
  isGood,
  isOrder,
  isToRepeat,
  unexplained,
} from '../visits.ts';
import { isRefusal } from '../../loopback/refusals.ts';
import { firstRead, type Recovery, recovery, tooSlow, whenAccepting, worst } from './recovery.ts';
import { type StoreInUse, withStore } from './store-in-use.ts';
import { connected } from '../../../service/testing/template-database.ts';

export const readOnlyDatabase: Drill = {
  name: 'read-only-database',
  breaks: 'the database is a read-only standby for a while, as an old primary after a failover',
  promise: 'reads go on, orders are 503 with Retry-After and work within 1 s of the promotion',
  seconds: 120,
  run: (ground) => withStore(ground, {}, (store) => standBy(ground, store)),
};

async function standBy(ground: Ground, store: StoreInUse): Promise<Outcome> {
  const { pause } = store;
  const { rounds, held } =
    ground.size === 'full' ? { rounds: 5, held: 3000 } : { rounds: 1, held: 1000 };
  const visitors = store.receive({ clients: 20 });
  const meanwhile: Visit[] = [];
  const recoveries: Recovery[] = [];
  const absences: Absence[] = [];
  const broken: string[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    ground.say(`round ${round} of ${rounds}`);
    await pause(500);
    const from = performance.now();
    const readable = await becomeStandby(store, ground.signal);
    broken.push(...tooSlow(store, { read: readable.after }, 'after the standby'));
    await pause(held);
    const over = performance.now();
    const recovered = await recovery(store, await promote(store.home.databaseUrl, ground.signal));
    absences.push({ from, to: performance.now() });
    recoveries.push(recovered);
    broken.push(...tooSlow(store, recovered, 'after the promotion'));
    meanwhile.push(...visitors.visits.filter(isBetween(readable.at, over)));
  }
  await pause(500);
  broken.push(...(await store.settle(visitors)), ...failures(visitors, isToRepeat));
  broken.push(...unexplained(visitors.visits, absences), ...judge(meanwhile));
  return {
    figures: [
      ['times read-only', String(rounds)],
      ['reads meanwhile', answered(meanwhile.filter((visit) => !isOrder(visit)))],
      ['orders meanwhile', answered(meanwhile.filter(isOrder))],
      ['requests in all', answered(visitors.visits)],
      ['first good order after it, at worst', worst(recoveries.map(({ write }) => write))],
    ],
    broken,
  };
}

/** The server of before, but it follows another one. @returns when the store reads from it */
async function becomeStandby(
  store: StoreInUse,
  signal: AbortSignal,
): Promise<{ at: number; after: number }> {
  const { databaseUrl, postgres } = store.home;
  await postgres.shutDown('fast');
  await writeFile(join(postgres.data, 'standby.signal'), '');
  const starting = postgres.startAgain();
  try {
    const accepting = await whenAccepting(databaseUrl, signal);
    const at = await firstRead(store);
    return { at, after: at - accepting };
  } finally {
    await starting;
  }
}

/** @returns when it takes writes, by `performance.now()` */
async function promote(databaseUrl: string, signal: AbortSignal): Promise<number> {
  return connected(databaseUrl, async (superuser) => {
    await superuser.query('SELECT pg_promote(wait => false)');
    for (;;) {
      signal.throwIfAborted();
      const { rows } = await superuser.query('SELECT pg_is_in_recovery() AS waiting');
      if (!(rows[0] as { waiting: boolean }).waiting) return performance.now();
    }
  });
}

/** Sent and answered in that time. */
function isBetween(from: number, to: number): (visit: Visit) => boolean {
  return ({ at, milliseconds }) => at > from && at + milliseconds < to;
}

/** @returns a sentence for each thing that the standby should not have changed, or should have */
function judge(meanwhile: readonly Visit[]): string[] {
  const reads = meanwhile.filter((visit) => !isOrder(visit));
  const refused = reads.filter((visit) => !isGood(visit)).length;
  const orders = meanwhile.filter(isOrder);
  const taken = orders.filter((visit) => !isRefusal(visit)).length;
  return [
    ...(refused > 0 ? [`${refused} of ${reads.length} reads were refused by a standby`] : []),
    ...(taken > 0 ? [`${taken} of ${orders.length} orders were not refused by a standby`] : []),
    ...(orders.length === 0 ? ['nobody ordered while the database was read-only'] : []),
  ];
}
