/** Signals, for commands that must put things in order before they end. */
import { setTimeout as pause } from 'node:timers/promises';
import { Interrupted } from '../terraform/terraform.ts';

/** Milliseconds: one Ctrl-C comes as two signals, from the terminal and passed on by npm. */
const SAME_KEY = 500;
/** 128 and the number of SIGINT, as in shells. */
const EXIT_INTERRUPTED = 130;

/** What an end without order may leave behind. */
const LOCKS =
  "Terraform's lock and the release's may be left; run the same command again to see who holds them";

/**
 * From here on the first signal only aborts what is waited for; a later one ends the process.
 * @param left what may be left behind then, as a sentence. @default locks
 */
export function listenForSignals(left = LOCKS): AbortSignal {
  const asked = new AbortController();
  let first: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      first ??= performance.now();
      if (performance.now() - first > SAME_KEY) endAtOnce(left);
      asked.abort(new Interrupted(`stopped by ${signal}`));
    });
  }
  return asked.signal;
}

function endAtOnce(left: string): void {
  console.error(`\nended at once, without putting things in order: ${left}`);
  // Whoever runs a command hears of this signal after us, and passes it on.
  setImmediate(() => process.exit(EXIT_INTERRUPTED));
}

/** @param milliseconds to wait. @throws Interrupted as soon as somebody asks us to stop */
export async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
}
