/** Clients that send a byte now and then, to hold connections and whatever stands behind them. */
import { PATIENT } from '../../loopback/service.ts';
import { startVisitors } from '../../loopback/visitors.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { leaked, memoryDuring, socketsOf, untilClosed } from './footprint.ts';
import { inside, type OpenStore, withStore } from './open-store.ts';
import { type Lingerer, linger } from './linger.ts';
import { disturbed, untilServed } from './others.ts';

export const slowLoris: Drill = {
  name: 'slow-loris',
  breaks: 'hundreds of connections send their headers, or their body, a byte at a time',
  promise:
    'others are served; the slow ones are told 408 and closed within 15 s (headers) or 25 s (body), also those that go on sending; memory grows by less than 150 MiB',
  seconds: 120,
  run: (ground) =>
    withStore(
      (store) => besiege(store, ground),
      // The small form does not wait so long for the service's patience to end.
      { flags: ground.size === 'small' ? inside('hurry') : [], variables: PATIENT },
    ),
};

/** Connections of each kind, milliseconds between two bytes, and by what patience is divided. */
const SIZES = {
  full: { each: 250, pause: 500, hurry: 1 },
  small: { each: 25, pause: 100, hurry: 10 },
} as const;

/** Milliseconds that the service waits, and in which it then closes on a busy machine. */
const PATIENCE = { headers: 10_000, body: 20_000 } as const;
const TO_CLOSE = 5000;

async function besiege(store: OpenStore, { size, say, signal }: Ground): Promise<Outcome> {
  const { home, service, products, pid } = store;
  const { each, pause, hurry } = SIZES[size];
  const authorization = home.issuer.authorization();
  const visitors = startVisitors({ home, url: service.url, products, signal });
  await untilServed(visitors, signal);
  const before = await socketsOf(pid);

  say(`${2 * each} slow connections`);
  const target = { port: service.port, authorization, pause, signal };
  const { result: slow, memory } = await memoryDuring(pid, () =>
    Promise.all(
      Array.from({ length: 2 * each }, (_, n) =>
        linger(n % 2 === 0 ? 'headers' : 'body', {
          ...target,
          limit: PATIENCE.body / hurry + TO_CLOSE,
        }),
      ),
    ),
  );
  await visitors.leave();
  const after = await untilClosed(pid, before, signal);

  return {
    figures: [
      ['slow connections', `${each} by headers, ${each} by body`],
      ...(['headers', 'body'] as const).map(
        (part) =>
          [`closed, slow ${part}`, `after ${seconds(slowest(slow, part))} at most`] as const,
      ),
      ['memory', `${memory[0]?.toFixed()} MiB, ${Math.max(...memory).toFixed()} at most`],
      ['others', `${visitors.visits.length} requests, ${visitors.cuts.length} cut`],
      ...(hurry > 1 ? [['patience', `a ${hurry}th of the real one`] as const] : []),
    ],
    broken: [
      ...disturbed(visitors),
      ...(['headers', 'body'] as const).flatMap((part) =>
        unended(slow, part, PATIENCE[part] / hurry + TO_CLOSE),
      ),
      ...leaked(before, after),
      ...(Math.max(...memory) > (memory[0] ?? 0) + GROWTH
        ? [`its memory grew by more than ${GROWTH} MiB`]
        : []),
    ],
  };
}

/** MiB that the visitors may make a service grow by meanwhile. */
const GROWTH = 150;

function unended(slow: readonly Lingerer[], part: Lingerer['part'], limit: number): string[] {
  const of = slow.filter((one) => one.part === part);
  const untold = of.filter(({ status }) => status !== 408).length;
  const open = of.filter(({ closedAfter }) => closedAfter > limit).length;
  return [
    ...(untold > 0 ? [`${untold} of ${of.length} with slow ${part} were not told 408`] : []),
    ...(open > 0 ? [`${open} with slow ${part} were open for more than ${seconds(limit)}`] : []),
  ];
}

function slowest(slow: readonly Lingerer[], part: Lingerer['part']): number {
  return Math.max(...slow.filter((one) => one.part === part).map((one) => one.closedAfter));
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
