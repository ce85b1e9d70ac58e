/**
 * The program that asks: a process of its own, so that what is measured shares no event loop with
 * it. Its parent sends a job, and hears when the figures begin, what they are, and when all is quiet.
 */
import { type EventEmitter, once } from 'node:events';
import { createHistogram } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import autocannon from 'autocannon';
import { type Figures, FRESH, type Job, type Phase } from './job.ts';

/** What became of a request whose connection was closed in good order. */
const LOST = 'connection ended without an answer';

/** Requests that one connection has in memory. */
const WALK = 200;
/** Milliseconds until a load that is over is noticed. */
const SAMPLE = 100;
/** Seconds that a request may take; the store's own limit is far below. */
const TIMEOUT = 20;

async function work(job: Job): Promise<void> {
  const tally = new Tally(job.connections);
  const seconds = Math.ceil((job.warmUp + job.measured) / 1000);
  const load = autocannon(
    { ...optionsOf(job, tally), duration: seconds + TIMEOUT },
    () => undefined,
  );
  const quiet = once(load, 'done');
  load.on('response', (_client, status, _bytes, milliseconds) =>
    tally.answer(status, milliseconds),
  );
  load.on('reqError', (error: Error) => tally.fail(error.message));
  await pause(job.warmUp);
  tally.begin();
  say({ phase: 'measuring' });
  await pause(job.measured);
  say({ phase: 'measured', figures: tally.end() });
  load.stop();
  await quiet;
  say({ phase: 'quiet' });
}

function optionsOf({ urls, connections, requests }: Job, tally: Tally) {
  let next = 0;
  const walk = () =>
    Array.from({ length: Math.min(WALK, requests.length) }, () => {
      next = (next + 1) % requests.length;
      return { ...requests[next] };
    });
  return {
    url: [...urls] as unknown as string,
    connections,
    timeout: TIMEOUT,
    sampleInt: SAMPLE,
    idReplacement: JSON.stringify(requests[0]).includes(FRESH),
    setupClient: (client: autocannon.Client) => {
      client.setRequests(walk());
      // An event that its types do not know.
      (client as EventEmitter).on('request', () => tally.ask());
    },
  };
}

class Tally {
  /** Microseconds. */
  readonly #took = createHistogram();
  readonly #failures: Record<string, number> = {};
  readonly #connections: number;
  #since: number | undefined;
  #good = 0;
  /** Requests that nothing is known of yet. */
  #open = 0;

  constructor(connections: number) {
    this.#connections = connections;
  }

  begin(): void {
    this.#since = performance.now();
  }

  ask(): void {
    this.#open += 1;
  }

  answer(status: number, milliseconds: number): void {
    if (status < 200 || status > 299) return this.fail(String(status));
    this.#open -= 1;
    if (this.#since === undefined) return;
    this.#good += 1;
    this.#took.record(Math.max(1, Math.round(milliseconds * 1000)));
  }

  fail(reason: string): void {
    this.#open -= 1;
    this.#failures[reason] = (this.#failures[reason] ?? 0) + 1;
  }

  /** What comes after belongs to no figure. */
  end(): Figures {
    const seconds = (performance.now() - (this.#since ?? 0)) / 1000;
    // Each connection waits for one answer. autocannon says nothing of a connection that was ended.
    const lost = this.#open - this.#connections;
    const at = (percent: number) => (this.#good === 0 ? 0 : this.#took.percentile(percent) / 1000);
    return {
      good: this.#good,
      seconds,
      latency: { p50: at(50), p99: at(99), p999: at(99.9) },
      failures: { ...this.#failures, ...(lost > 0 && { [LOST]: lost }) },
    };
  }
}

function say(phase: Phase): void {
  process.send?.(phase);
}

// A Ctrl-C in the terminal is for the parent, which puts things in order.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', (job: Job) => void work(job));
