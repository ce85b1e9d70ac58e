/** Where faults are tried: the store that stands, under load, and the commands of its operator. */
import assert from 'node:assert/strict';
import type { Say } from '../../deployment/progress.ts';
import type { Command, Ended } from '../commands.ts';
import type { Ground } from '../ground.ts';
import type { Home } from '../home.ts';
import type { Run } from '../run.ts';
import { atTerminal } from '../terminal.ts';
import { type FaultName, FAULTS } from './table.ts';

export const STEP = 'faults';

/** Seconds for a command; a release is the longest. */
const PATIENCE = 300;

export interface Scene {
  readonly run: Run;
  readonly ground: Ground;
  readonly home: Home;
  readonly say: Say;
}

/** Tries what the table promises. */
export function fault(
  { run, say }: Scene,
  name: FaultName,
  work: () => Promise<void>,
): Promise<boolean> {
  const row = FAULTS[name];
  say(row.fault);
  return run.checks.keep(STEP, `${row.fault}: ${row.outcome}`, work);
}

type Further = Partial<Pick<Command, 'environment' | 'killedAt' | 'onLine'>> & {
  /** Of the log, where one command is run for several faults. */
  readonly fault: string;
  /** As a person runs it, who sees a line that lives. @default plain, as a pipeline does */
  readonly inTerminal?: boolean;
};

/** An operator's command, such as `['release', 'dev', '--yes']`. */
function commandOf([name, ...args]: readonly string[], of: Further) {
  const { fault: title, inTerminal = false, ...further } = of;
  const typed = [process.execPath, `ops/${name ?? ''}.ts`, ...args] as const;
  const command: Command = {
    ...further,
    log: `${STEP}-${title}-${name ?? ''}`,
    args: inTerminal ? atTerminal(typed) : [...typed],
    limit: PATIENCE,
  };
  return command;
}

export function works({ run }: Scene, typed: readonly string[], further: Further): Promise<Ended> {
  return run.commands.run(commandOf(typed, further));
}

/** It ends with 1, and says why. @param says what must be among it */
export async function fails(
  { run }: Scene,
  typed: readonly string[],
  { says, ...further }: Further & { readonly says: readonly RegExp[] },
): Promise<Ended> {
  const command = commandOf(typed, further);
  const ended = await run.commands.end(command);
  const story = run.commands.story(command, ended);
  assert.equal(ended.code, 1, `it ended with ${ended.code}; ${story}`);
  for (const expected of says) {
    assert.match(ended.output, expected, `it does not say ${expected.source}; ${story}`);
  }
  return ended;
}

/** It is killed at that line, without a word; nothing that it holds is given back. */
export async function isKilled(
  { run }: Scene,
  typed: readonly string[],
  further: Further & { readonly killedAt: RegExp },
): Promise<void> {
  const command = commandOf(typed, further);
  const ended = await run.commands.end(command);
  const isSeen = ended.output.split('\n').some((line) => further.killedAt.test(line));
  assert.ok(isSeen, `it never came so far; ${run.commands.story(command, ended)}`);
}

/** The one way to free what a killed command has left. */
export async function unlock(scene: Scene, lock: string, title: string): Promise<Ended> {
  return works(scene, ['unlock', lock, '--confirm', lock, '--holder-is-dead'], { fault: title });
}
