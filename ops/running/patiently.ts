import { Refusal } from '../deployment/refusal.ts';
import { wait } from '../deployment/interruption.ts';

/** How often a question is asked until it is given up, and milliseconds between. */
const TRIES = 6;
const PAUSE = 5000;

/** For long watching: one lost answer is no reason to give up. @throws the last error, Interrupted */
export async function patiently<Answer>(
  ask: () => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0 || error instanceof Refusal) throw error;
      await wait(PAUSE, signal);
    }
  }
}
