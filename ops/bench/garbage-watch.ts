/** Loaded before the store's program: tells how long it has collected garbage so far. */
import { PerformanceObserver } from 'node:perf_hooks';
import { GARBAGE_MARK } from './garbage-mark.ts';

/** Milliseconds between two lines. */
const INTERVAL = 200;

let collected = 0;

new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) collected += duration;
}).observe({ entryTypes: ['gc'] });

setInterval(
  () => console.error(`${GARBAGE_MARK} ${performance.now()} ${collected}`),
  INTERVAL,
).unref();
