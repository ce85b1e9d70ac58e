/** A day in small: visitors come and go for ten minutes, and nothing may pile up. */
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { PROJECT } from '../../../contract.ts';
import { wrongInBooks } from '../../loopback/books.ts';
import { PATIENT } from '../../loopback/service.ts';
import { startVisitors } from '../../loopback/visitors.ts';
import { median } from '../../bench/statistics.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { counted } from '../visits.ts';
import { leaked, memoryDuring, socketsOf } from './footprint.ts';
import { inside, type OpenStore, withStore } from './open-store.ts';
import { disturbed, untilServed } from './others.ts';
import { connected } from '../../../service/testing/template-database.ts';

export const soak: Drill = {
  name: 'soak',
  breaks: 'nothing: ten minutes of everything that customers do',
  promise:
    'no request fails, memory grows by less than 10 % after the warm-up, no connection is leaked',
  seconds: 780,
  run: (ground) =>
    withStore((store) => stay(store, ground), { flags: inside('lag'), variables: PATIENT }),
};

/** Seconds that do not count, and those that do. */
const SIZES = { full: { warmUp: 90, visit: 600 }, small: { warmUp: 0, visit: 4 } } as const;

/** About 200 requests a second. */
const RATE = { clients: 10, rest: 45 } as const;

async function stay(store: OpenStore, { size, say, signal }: Ground): Promise<Outcome> {
  const { home, service, products, pid } = store;
  const { warmUp, visit } = SIZES[size];
  const visitors = startVisitors({ home, url: service.url, products, signal, ...RATE });
  await untilServed(visitors, signal);
  await wait(warmUp * 1000, undefined, { signal });
  const before = await connectionsOf(store);
  const begun = visitors.visits.length;

  say(`${visit} s of visitors`);
  const { memory } = await memoryDuring(pid, () => wait(visit * 1000, undefined, { signal }));
  const rate = (visitors.visits.length - begun) / visit;
  const after = await connectionsOf(store);
  await visitors.leave();
  const left = size === 'full' ? await untilGivenBack(store, signal) : 0;
  const wrong = await wrongInBooks(home.databaseUrl, visitors);
  const exitCode = await service.stop();

  const fifth = Math.ceil(memory.length / 5);
  const [first, last] = [median(memory.slice(0, fifth)), median(memory.slice(-fifth))];
  const growth = (100 * (last - first)) / first;
  return {
    figures: [
      ['requests', `${counted(visitors.visits.length)}, ${rate.toFixed()} a second`],
      [
        'memory, first and last fifth',
        `${first.toFixed()} and ${last.toFixed()} MiB (${growth.toFixed(1)} %)`,
      ],
      ['connections to the database', `${before.database}, in the end ${after.database}`],
      ['event loop late by', await lagOf(service.logFile)],
      ...(size === 'small' ? [['judged', 'not memory, nor connections: too short'] as const] : []),
    ],
    broken: [
      ...disturbed(visitors),
      ...wrong,
      ...leaked(before.sockets, after.sockets),
      ...(left === 0 ? [] : [`${left} connections to the database were never given back`]),
      ...(size === 'full' && growth >= 10 ? [`memory grew by ${growth.toFixed(1)} %`] : []),
      ...(exitCode === 0 ? [] : [`the service ended with ${exitCode}`]),
    ],
  };
}

/** Milliseconds: the pool and the pipeline each close what nobody asks over for ten seconds. */
const UNUSED = 40_000;

/** @returns connections that are open though nobody asks any more */
async function untilGivenBack(store: OpenStore, signal: AbortSignal): Promise<number> {
  const deadline = performance.now() + UNUSED;
  for (;;) {
    const { database } = await connectionsOf(store);
    if (database === 0 || performance.now() > deadline) return database;
    await wait(500, undefined, { signal });
  }
}

async function connectionsOf({ home, pid }: OpenStore) {
  return connected(home.databaseUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(*)::int FROM pg_stat_activity WHERE application_name = $1',
      [PROJECT],
    );
    return { database: rows[0]?.count ?? 0, sockets: await socketsOf(pid) };
  });
}

/** The last words of the service. */
async function lagOf(logFile: string): Promise<string> {
  const log = await readFile(logFile, 'utf8');
  const line = log
    .trimEnd()
    .split('\n')
    .findLast((text) => text.startsWith('{"lag"'));
  if (line === undefined) return 'not told';
  const { lag } = JSON.parse(line) as { lag: Record<'median' | 'p99' | 'max', number> };
  return `${lag.median} ms, p99 ${lag.p99} ms, at most ${lag.max} ms`;
}
