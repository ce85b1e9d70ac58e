/**
 * Loaded before a program (`--import`): its wall clock is off by the milliseconds that a file says,
 * which may change at any time. Timers and `performance.now()` go by a clock that nobody sets.
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** Milliseconds between two looks into the file. */
const INTERVAL = 20;

const file = process.env['MOVED_CLOCK_FILE'] ?? '';
const RealDate = Date;
let offset = 0;

function look(): void {
  const wanted = Number(readFileSync(file, 'utf8'));
  if (wanted === offset) return;
  offset = wanted;
  // Who moved it waits for this.
  writeFileSync(`${file}.seen`, String(offset));
}

const now = () => RealDate.now() + offset;

globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(now()).toString(),
  construct: (target, values: unknown[], newTarget: typeof Date) =>
    Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget) as Date,
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});

setInterval(look, INTERVAL).unref();
