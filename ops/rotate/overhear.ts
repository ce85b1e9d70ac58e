/** What one-off tasks write while they run, for whoever waits for one. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Environment } from '../../stacks/place.ts';
import type { Say } from '../deployment/progress.ts';
import { NewLines, newLines } from '../logs/new-lines.ts';
import { migrationLog } from '../running/names.ts';

/** Milliseconds between two questions. */
const PAUSE = 2000;

/** A line that cannot be read, or comes too late, is nothing to fail for. */
export async function overhear<Result>(
  environment: Environment,
  say: Say,
  work: () => Promise<Result>,
): Promise<Result> {
  const end = new AbortController();
  const listening = listen(environment, say, end.signal);
  try {
    return await work();
  } finally {
    end.abort();
    await listening;
  }
}

async function listen(environment: Environment, say: Say, end: AbortSignal): Promise<void> {
  const question = { group: migrationLog(environment), lines: new NewLines(Date.now()) };
  while (!end.aborted) {
    await pause(PAUSE, undefined, { signal: end }).catch(() => undefined);
    await sayNew(environment, say, question).catch(() => undefined);
  }
}

async function sayNew(
  environment: Environment,
  say: Say,
  question: Parameters<typeof newLines>[1],
): Promise<void> {
  for await (const { text } of newLines(environment, question)) {
    const { msg } = JSON.parse(text) as { readonly msg?: unknown };
    if (typeof msg === 'string') say(msg);
  }
}
