/** Ten times as many connections as make the service busy, none of which rests. */
import { median } from '../../bench/statistics.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import type { Crowded } from './crowd.ts';
import { memoryDuring } from './footprint.ts';
import { type OpenStore, withStore } from './open-store.ts';
import { sendCrowd } from './send-crowd.ts';

export const overload: Drill = {
  name: 'overload',
  breaks: 'ten times as many connections as keep the service busy ask without a rest',
  promise:
    'at least 80 % of the peak is answered well, 99 % of it within a second; the rest is 503 or 429 with Retry-After; memory is bounded',
  seconds: 180,
  run: (ground) => withStore((store) => flood(store, ground)),
};

/**
 * Connections at the peak; seconds before, which warm up; then in turns, as machines are not always
 * equally fast: seconds at the peak, and with ten times as many.
 */
const SIZES = {
  full: { connections: 50, warmUp: 8, turns: 3, peak: 8, overload: 10 },
  small: { connections: 20, warmUp: 0.5, turns: 1, peak: 1, overload: 2 },
} as const;

const TIMES = 10;

async function flood(store: OpenStore, { size, say, signal }: Ground): Promise<Outcome> {
  const { home, service, products, pid } = store;
  const customers = Array.from({ length: 20 }, () => home.issuer.authorization());
  const send = (connections: number, seconds: number) => {
    say(`${connections} connections for ${seconds} s`);
    return sendCrowd({ url: service.url, connections, seconds, products, customers }, signal);
  };
  const { connections, turns, ...seconds } = SIZES[size];

  await send(connections, seconds.warmUp);
  const peaks: Crowded[] = [];
  const overs: Crowded[] = [];
  const recoveries: number[] = [];
  const { memory } = await memoryDuring(pid, async () => {
    while (overs.length < turns) {
      peaks.push(await send(connections, seconds.peak));
      overs.push(await send(connections * TIMES, seconds.overload));
      recoveries.push(await untilNormal(`${service.url}/v1/products/${products[0]}`, signal));
    }
  });

  const measured = {
    connections,
    peak: together(peaks),
    over: together(overs),
    megabytes: Math.max(...memory),
    recovery: Math.max(...recoveries),
  };
  const isJudged = size === 'full';
  return {
    figures: [
      ...figuresOf(measured),
      ...(isJudged ? [] : [['judged', 'what was answered, not how fast'] as const]),
    ],
    broken: [...wrongAnswers(measured), ...(isJudged ? tooMuch(measured) : [])],
  };
}

/** The median of what was answered, the slowest p99, and all that was refused or wrong. */
function together(turns: readonly Crowded[]): Crowded {
  return {
    goodPerSecond: median(turns.map(({ goodPerSecond }) => goodPerSecond)),
    p99: Math.max(...turns.map(({ p99 }) => p99)),
    refused: sums(turns.map(({ refused }) => refused)),
    wrong: sums(turns.map(({ wrong }) => wrong)),
  };
}

function sums(counts: readonly Crowded['wrong'][]): Crowded['wrong'] {
  const all: Record<string, number> = {};
  for (const [what, count] of counts.flatMap(Object.entries<number>)) {
    all[what] = (all[what] ?? 0) + count;
  }
  return all;
}

interface Measured {
  readonly connections: number;
  readonly peak: Crowded;
  readonly over: Crowded;
  readonly megabytes: number;
  /** Seconds from the end of the crowd, at worst. */
  readonly recovery: number;
}

function figuresOf({ connections, peak, over, megabytes, recovery }: Measured): Outcome['figures'] {
  const refused = Object.entries(over.refused).map(([code, count]) => `${whole(count)} ${code}`);
  return [
    [`${connections} connections`, `${whole(peak.goodPerSecond)}/s, p99 ${whole(peak.p99)} ms`],
    [
      `${connections * TIMES} connections`,
      `${whole(over.goodPerSecond)}/s (${whole(share(peak, over))} %), p99 ${whole(over.p99)} ms`,
    ],
    ['refused', refused.join(', ') || 'none'],
    ['memory', `${whole(megabytes)} MiB at most`],
    ['back to normal', `after ${recovery.toFixed(1)} s`],
  ];
}

function wrongAnswers({ peak, over }: Measured): string[] {
  const none = over.goodPerSecond === 0 ? ['nothing was answered well'] : [];
  const wrong = [peak, over].flatMap((crowd) => Object.entries(crowd.wrong));
  return [...none, ...wrong.map(([what, count]) => `${what}: ${whole(count)} times`)];
}

/** Per cent of the peak; milliseconds; MiB, as much as the smallest task has; seconds. */
const LEAST = 80;
const SLOWEST = 1000;
const MEMORY = 512;
const RECOVERY = 5;

/** Not in the small form: it would judge the machine, which does other things as well. */
function tooMuch({ peak, over, megabytes, recovery }: Measured): string[] {
  const percent = share(peak, over);
  const rules: readonly (readonly [broken: boolean, sentence: string])[] = [
    [!(percent >= LEAST), `${whole(percent)} % of the peak was answered well, not ${LEAST} %`],
    [!(over.p99 < SLOWEST), `p99 of good answers was ${whole(over.p99)} ms`],
    [megabytes > MEMORY, `the service took ${whole(megabytes)} MiB`],
    [recovery > RECOVERY, `it was not back to normal after ${RECOVERY} s`],
  ];
  return rules.filter(([broken]) => broken).map(([, sentence]) => sentence);
}

function share(peak: Crowded, over: Crowded): number {
  return (100 * over.goodPerSecond) / peak.goodPerSecond;
}

/** Good answers in a row, each within as many milliseconds, that are normal; and until when. */
const IN_A_ROW = 10;
const QUICK = 250;
const PATIENCE = 15_000;

/** @returns seconds until it was; infinite when it took too long */
async function untilNormal(url: string, signal: AbortSignal): Promise<number> {
  const begun = performance.now();
  let inARow = 0;
  while (inARow < IN_A_ROW) {
    const asked = performance.now();
    if (asked - begun > PATIENCE) return Infinity;
    const { ok } = await fetch(url, { signal });
    inARow = ok && performance.now() - asked < QUICK ? inARow + 1 : 0;
  }
  return (performance.now() - begun) / 1000;
}

function whole(count: number): string {
  return Math.round(count).toLocaleString('en');
}
