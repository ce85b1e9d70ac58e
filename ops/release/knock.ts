/** A handful of questions at the front door, as anybody could ask them. */
import { wait } from '../deployment/interruption.ts';
import type { Say } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { publicChecks } from '../smoke/questions.ts';

/** Milliseconds between two tries, and until it must answer: a new name takes a while to be known. */
const PAUSE = 2000;
const PATIENCE = 180_000;

/** @throws Refusal with what was answered otherwise, Interrupted */
export async function knock(
  url: string,
  { say, signal }: { readonly say: Say; readonly signal: AbortSignal },
): Promise<string> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const problem = await firstProblem(url);
    if (problem === undefined) return url;
    if (performance.now() > deadline)
      throw new Refusal(`the store does not answer as it should at ${url}: ${problem}`);
    say(problem);
    await wait(PAUSE, signal);
  }
}

async function firstProblem(url: string): Promise<string | undefined> {
  for (const { name, run } of publicChecks(url)) {
    try {
      await run();
    } catch (error) {
      const { message, cause } = error as Error;
      const why = cause instanceof Error ? `${message}: ${cause.message}` : message;
      return `not so that ${name}: ${why.split('\n')[0] ?? ''}`;
    }
  }
  return undefined;
}
