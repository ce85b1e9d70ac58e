/** Entering again: the channel of a task that calls itself open is not reachable for some seconds. */
import { wait } from '../deployment/interruption.ts';

/** Milliseconds within which who never got in has ended; a session takes longer. */
const NEVER_IN = 5000;
/** Milliseconds between two tries. */
const PAUSE = 3000;
const TRIES = 5;

/** 128 and SIGINT: somebody wanted out. */
const LEFT = 130;

/**
 * @param enter one try
 * @param say what it waits for
 * @returns the exit code of the session, or of the last try
 * @throws Interrupted
 */
export async function untilEntered(
  enter: () => Promise<number>,
  say: (doing: string) => void,
  signal: AbortSignal,
  pause = wait,
): Promise<number> {
  for (let left = TRIES - 1; ; left -= 1) {
    const begun = performance.now();
    const code = await enter();
    const wasIn = performance.now() - begun > NEVER_IN;
    if (code === 0 || code === LEFT || wasIn || left === 0) return code;
    signal.throwIfAborted();
    say(`the task cannot be entered yet: ${left} more tries`);
    await pause(PAUSE, signal);
  }
}
