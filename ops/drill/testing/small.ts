/** The small form of a drill, for tests. */
import type { Drill, Outcome } from '../drill.ts';

/** Milliseconds that a small form may take; less than its test, so that it can still clean up. */
const PATIENCE = 60_000;

export async function small(drill: Drill): Promise<Outcome> {
  const signal = AbortSignal.timeout(PATIENCE);
  return drill.run({ size: 'small', say: () => undefined, signal });
}
