/** What a task that has ended said of itself, in a line of JSON near its end. */
import type { Environment } from '../../stacks/place.ts';
import { wait } from '../deployment/interruption.ts';
import { lastLines } from './log.ts';

/** Lines at the end in which it may have said it. */
const LINES = 50;
/** How often it is looked for, and milliseconds between: CloudWatch shows lines seconds later. */
const LOOKS = 15;
const PAUSE = 1000;

interface Where {
  readonly group: string;
  readonly taskId: string;
}

interface Wanted<Told> {
  /** @returns undefined where a line says something else */
  readonly find: (line: Readonly<Record<string, unknown>>) => Told | undefined;
  readonly signal: AbortSignal;
}

/** @returns the last that was found; undefined when it is never shown. @throws Interrupted */
export async function toldBy<Told>(
  environment: Environment,
  where: Where,
  { find, signal }: Wanted<Told>,
): Promise<Told | undefined> {
  for (let look = 0; look < LOOKS; look += 1) {
    const lines = await lastLines(environment, { ...where, count: LINES });
    const told = lines.map((line) => find(parse(line))).findLast((found) => found !== undefined);
    if (told !== undefined) return told;
    await wait(PAUSE, signal);
  }
  return undefined;
}

/** Not every line is ours. */
function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
