/** Waiting for something to come true. */
import { wait } from '../deployment/interruption.ts';

/** Milliseconds between two looks. */
const PAUSE = 300;

interface Patience {
  /** What is waited for, as the end of "… within 60 s". */
  readonly what: string;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** @param look answers undefined while it is not so. @throws Error when the time is up */
export async function until<Result>(
  { what, seconds, signal }: Patience,
  look: () => Promise<Result | undefined>,
): Promise<Result> {
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(PAUSE, signal);
  }
  throw new Error(`${what}: not so within ${seconds} s`);
}
