/** Waits for a database that is starting. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../observability/logger.ts';
import { classify, mayPass } from './errors.ts';

/** Seconds to wait at start, and between two tries. */
const PATIENCE = 60;
const PAUSE = 1;

/**
 * Repeats `attempt` while the server cannot be reached.
 * @throws the last error: at once when it is of another kind, else when patience is at its end
 */
export async function whenReachable<Result>(
  attempt: () => Promise<Result>,
  log: Logger,
  patience: number = PATIENCE,
): Promise<Result> {
  const deadline = performance.now() + patience * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const kind = classify(error);
      if (!mayPass(kind)) throw error;
      if (performance.now() + PAUSE * 1000 > deadline) throw error;
      const { message } = error as Error;
      log.warn(`waiting for the database, up to ${patience} s: ${message}`);
      await wait(PAUSE * 1000);
    }
  }
}
