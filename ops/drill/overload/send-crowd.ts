/** Sends a crowd to a service, from a process of its own: its work must not slow the drill. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Crowded, Errand } from './crowd.ts';

/** @throws what the signal aborts with; Error when the crowd's process ends without a word */
export async function sendCrowd(errand: Errand, signal: AbortSignal): Promise<Crowded> {
  const child = fork(new URL('crowd.ts', import.meta.url));
  const ended = once(child, 'exit');
  try {
    child.send(errand);
    const told = once(child, 'message', { signal }) as Promise<[Crowded]>;
    const silent = ended.then((): never => {
      throw new Error('the crowd ended without a word');
    });
    const [crowded] = await Promise.race([told, silent]);
    return crowded;
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}
