/** Secrets of a store that may be away for a while: an endpoint that moves, an outage of seconds. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../observability/logger.ts';
import type { SecretStore } from './secret-store.ts';

/** Seconds until it is given up, and between two tries; the SDK tries three times for each of ours. */
const PATIENCE = 60;
const PAUSE = 1;

/** Asks again while nobody answers; what the store refuses is told at once. */
export function patientSecrets(
  secrets: SecretStore,
  log: Logger,
  patience: number = PATIENCE,
): SecretStore {
  const ask = <Answer>(question: () => Promise<Answer>) => answered(question, log, patience);
  return {
    read: (secretId) => ask(() => secrets.read(secretId)),
    // Written twice it is the same.
    write: (secretId, value) => ask(() => secrets.write(secretId, value)),
  };
}

async function answered<Answer>(
  question: () => Promise<Answer>,
  log: Logger,
  patience: number,
): Promise<Answer> {
  const deadline = performance.now() + patience * 1000;
  for (;;) {
    try {
      return await question();
    } catch (error) {
      if (isRefusal(error)) throw error;
      const { name, message } = error as Error;
      const reason = message === '' ? name : message;
      if (performance.now() + PAUSE * 1000 > deadline) {
        // Without its code: whoever waits for the database must not take it for that.
        throw new Error(`Secrets Manager does not answer: ${reason}`, { cause: error });
      }
      log.warn(`waiting for Secrets Manager, up to ${patience} s: ${reason}`);
      await wait(PAUSE * 1000);
    }
  }
}

/** The SDK's own word for who is to blame; where nobody answered there is none. */
function isRefusal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && '$fault' in error
    ? error.$fault === 'client'
    : false;
}
