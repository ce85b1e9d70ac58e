/** A handful of questions at the front door, as anybody could ask them. */
import { wait } from '../deployment/interruption.ts';
import type { Say } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { publicChecks } from '../smoke/questions.ts';

/** Milliseconds between two tries. */
const PAUSE = 2000;
/** Milliseconds until it must answer well. */
const PATIENCE = 180_000;
/** The same until it can be reached: who asked for a new name too early is told no for 15 minutes. */
const LONG_PATIENCE = 1_000_000;

/** Nobody is there, from here; that need not be the store's fault. */
export class OutOfReach extends Refusal {
  override readonly name = 'OutOfReach';
}

interface Problem {
  readonly text: string;
  readonly isReached: boolean;
}

/** @throws Refusal with what was answered otherwise, OutOfReach, Interrupted */
export async function knock(
  url: string,
  { say, signal }: { readonly say: Say; readonly signal: AbortSignal },
): Promise<string> {
  const begun = performance.now();
  for (;;) {
    const problem = await firstProblem(url);
    if (problem === undefined) return url;
    const waited = performance.now() - begun;
    if (problem.isReached && waited > PATIENCE) {
      throw new Refusal(`the store does not answer as it should at ${url}: ${problem.text}`);
    }
    if (waited > LONG_PATIENCE) {
      throw new OutOfReach(
        `the tasks and their targets are well, but ${url} cannot be reached from here (${problem.text}): nothing was put back; look at the name and your way to it, then run the same command again`,
      );
    }
    say(problem.text);
    await wait(PAUSE, signal);
  }
}

async function firstProblem(url: string): Promise<Problem | undefined> {
  for (const { name, run } of publicChecks(url)) {
    try {
      await run();
    } catch (error) {
      const { message, cause } = error as Error;
      // `fetch` throws a TypeError when nobody answers; why, its cause says.
      const isReached = !(error instanceof TypeError);
      const why = cause instanceof Error ? `${message}: ${cause.message}` : message;
      return { text: `not so that ${name}: ${why.split('\n')[0] ?? ''}`, isReached };
    }
  }
  return undefined;
}
