/** One measurement: load on one server, and what it cost its processes. */
import type { Generator } from './generator.ts';
import type { Job, Latency } from './job.ts';
import { forgetPeak, peakMemory, processorSeconds } from './processes.ts';
import { emptyLogs, type Server } from './servers.ts';

export interface Sample {
  /** Good answers; transactions of pgbench. */
  readonly perSecond: number;
  /** pgbench tells none. */
  readonly latency?: Latency;
  /** Seconds of processor time for 1,000 good answers, of the server alone. */
  readonly processor?: number;
  /** Millions of bytes, at the peak. */
  readonly memory?: number;
  /** How often each: a status, or a sentence. */
  readonly failures: Readonly<Record<string, number>>;
}

export async function measure(
  server: Server,
  generator: Generator,
  load: Omit<Job, 'urls'>,
): Promise<Sample> {
  await emptyLogs(server);
  forgetPeak(server.pids);
  const clock: (number | undefined)[] = [];
  const { good, seconds, latency, failures } = await generator.load(
    { ...load, urls: server.urls },
    () => clock.push(processorSeconds(server.pids)),
  );
  const memory = peakMemory(server.pids);
  const [before, after] = clock;
  const spent = before === undefined || after === undefined ? undefined : after - before;
  return {
    perSecond: good / seconds,
    latency,
    failures,
    ...(spent !== undefined && good > 0 && { processor: (spent / good) * 1000 }),
    ...(memory !== undefined && { memory }),
  };
}
