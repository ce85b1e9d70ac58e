/** The database's disk is full: first for its tables, then for its log too, which stops it. */
import { Client } from 'pg';
import type { Visitors } from '../../loopback/visitors.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { answered, failures, isGood, isOrder, isToRepeat } from '../visits.ts';
import { isRefusal } from '../../loopback/refusals.ts';
import { recovery, startAndRecover, tooSlow, untilDown, worst } from './recovery.ts';
import { onSmallDisk, type SmallDisk, whyNoSmallDisk } from './small-disk.ts';
import { type StoreInUse, withStore } from './store-in-use.ts';

export const diskFull: Drill = {
  name: 'disk-full',
  breaks: "the database's disk is full, at last so full that the database stops",
  promise: 'reads go on, orders are 503 with Retry-After and work within 1 s once there is room',
  seconds: 120,
  async run(ground) {
    const skipped = await whyNoSmallDisk();
    if (skipped !== undefined) return { figures: [], broken: [], skipped };
    return withStore(ground, { postgres: LITTLE_LOG }, (store) => onFullDisk(ground, store));
  },
};

/** What is written ahead has to fit on the small disk. */
const LITTLE_LOG = ['min_wal_size=32MB', 'max_wal_size=32MB'];

async function onFullDisk(ground: Ground, store: StoreInUse): Promise<Outcome> {
  const { postgres } = store.home;
  await postgres.shutDown('fast');
  const disk = await onSmallDisk(postgres);
  try {
    await startAndRecover(store, ground.signal);
    return await fillUp(ground, store, disk);
  } finally {
    await postgres.shutDown('immediate').catch(() => undefined);
    await disk.remove();
  }
}

async function fillUp(
  { size, say, signal }: Ground,
  store: StoreInUse,
  disk: SmallDisk,
): Promise<Outcome> {
  const visitors = store.receive();
  await store.pause(500);
  say('no table can grow');
  await disk.fill();
  await firstRefusal(store, visitors);
  const from = performance.now();
  await store.pause(size === 'full' ? 15_000 : 1000);
  const to = performance.now();
  await disk.free();
  const roomy = await recovery(store, performance.now());
  const meanwhile = visitors.visits.filter(({ at }) => at > from && at < to);

  say('the log cannot grow either');
  await disk.fill();
  await stopByFullLog(store.home.databaseUrl);
  await untilDown(store.home.databaseUrl, signal);
  await store.pause(500);
  await disk.free();
  const restarted = await startAndRecover(store, signal);
  await store.pause(500);
  const broken = await store.settle(visitors);

  const reads = meanwhile.filter((visit) => !isOrder(visit));
  const orders = meanwhile.filter(isOrder);
  const refused = reads.filter((visit) => !isGood(visit)).length;
  return {
    figures: [
      ['reads while no table could grow', answered(reads)],
      ['orders meanwhile', answered(orders)],
      ['first good order once there was room', worst([roomy.write])],
      ['and after the database had stopped', worst([restarted.write])],
      ['requests in all', answered(visitors.visits)],
    ],
    broken: [
      ...broken,
      ...failures(visitors, isToRepeat),
      ...tooSlow(store, roomy, 'after there was room'),
      ...tooSlow(store, restarted, 'after the database that had stopped'),
      ...(orders.some(isRefusal) ? [] : ['no order was refused: the disk was not full']),
      ...(refused === 0 ? [] : [`${refused} reads were refused because of a full disk`]),
    ],
  };
}

/** What pages still had room for was sold until then. */
async function firstRefusal({ pause }: StoreInUse, { visits }: Visitors): Promise<void> {
  const seen = visits.length;
  const deadline = performance.now() + 10_000;
  while (!visits.slice(seen).some(isRefusal) && performance.now() < deadline) await pause(20);
}

/** Segments of the log that the small disk can never hold. */
const SEGMENTS = 20;

/** Each switch takes a new segment; where there is none, the server gives up. */
async function stopByFullLog(databaseUrl: string): Promise<void> {
  const superuser = new Client(databaseUrl);
  superuser.on('error', () => undefined);
  await superuser.connect();
  try {
    for (let segment = 0; segment < SEGMENTS; segment += 1) {
      await superuser.query("SELECT pg_switch_wal(), pg_logical_emit_message(true, '', '')");
    }
  } catch {
    return;
  } finally {
    await superuser.end().catch(() => undefined);
  }
  throw new Error(`the log took ${SEGMENTS} segments on a full disk: it was not full`);
}
