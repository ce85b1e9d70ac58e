/** Runs drills one after the other, each within its time. */
import { setTimeout as pause } from 'node:timers/promises';
import { duration } from '../deployment/progress.ts';
import type { Drill, Ground, Outcome } from './drill.ts';

export interface Result {
  readonly drill: Drill;
  readonly outcome: Outcome;
  readonly seconds: number;
}

interface Conduct {
  readonly size: Ground['size'];
  readonly say: (line: string) => void;
  /** Of a person who wants it to end. */
  readonly signal: AbortSignal;
}

/** A drill that fails does not stop the others. @throws what the signal aborts with */
export async function* conduct(
  drills: readonly Drill[],
  { size, say, signal }: Conduct,
): AsyncGenerator<Result> {
  for (const drill of drills) {
    say(`${drill.name}: ${drill.breaks}`);
    const begun = performance.now();
    const outcome = await within(drill, { size, say: (line) => say(`  ${line}`), signal });
    signal.throwIfAborted();
    const seconds = (performance.now() - begun) / 1000;
    const result = { drill, outcome, seconds };
    say(verdict(result));
    yield result;
  }
}

export function isHeld({ outcome: { broken } }: Result): boolean {
  return broken.length === 0;
}

/** Milliseconds that a drill has to put things in order once its time is up. */
const GRACE = 20_000;

async function within(drill: Drill, ground: Ground): Promise<Outcome> {
  const timeUp = AbortSignal.timeout(drill.seconds * 1000);
  const signal = AbortSignal.any([ground.signal, timeUp]);
  const over = new AbortController();
  const tooLate = async (): Promise<Outcome> => {
    await pause(drill.seconds * 1000 + GRACE, undefined, { signal: over.signal });
    return brokenBy(`it still ran ${duration(drill.seconds + GRACE / 1000)} after its beginning`);
  };
  try {
    const late = tooLate();
    late.catch(() => undefined);
    const outcome = await Promise.race([drill.run({ ...ground, signal }), late]);
    if (!timeUp.aborted) return outcome;
    return { ...outcome, broken: [...outcome.broken, overtime(drill)] };
  } catch (error) {
    return brokenBy(timeUp.aborted ? overtime(drill) : String((error as Error).stack ?? error));
  } finally {
    over.abort();
  }
}

function overtime({ seconds }: Drill): string {
  return `it took more than its ${duration(seconds)}`;
}

function brokenBy(sentence: string): Outcome {
  return { figures: [], broken: [sentence] };
}

function verdict({ drill, outcome, seconds }: Result): string {
  const { figures, broken, skipped } = outcome;
  if (skipped !== undefined) return `skipped  ${drill.name}: ${skipped}`;
  const took = `(${duration(seconds)})`;
  const measured = figures.map(([name, value]) => `           ${name}: ${value}`);
  const complaints = broken.map((sentence) => `           NOT HELD: ${sentence}`);
  const head = `${broken.length === 0 ? 'ok     ' : 'FAILED '}  ${drill.name} ${took}`;
  return [head, ...measured, ...complaints].join('\n');
}
