/** Preloaded into a service: its last words are by how much its event loop was late. */
import { writeSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds between two looks; as much is part of every delay that is measured. */
const RESOLUTION = 10;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
delay.enable();

process.on('exit', () => {
  const lag = { median: late(delay.percentile(50)), p99: late(delay.percentile(99)) };
  writeSync(process.stdout.fd, `${JSON.stringify({ lag: { ...lag, max: late(delay.max) } })}\n`);
});

function late(nanoseconds: number): number {
  return Math.max(0, Math.round(nanoseconds / 1e6) - RESOLUTION);
}
