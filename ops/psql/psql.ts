/** The two ways to ask the database by hand: statements given at once, or a session. */
import type { Task } from '@aws-sdk/client-ecs';
import { PROGRAMS } from '../../contract.ts';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { consoleLog } from '../running/names.ts';
import { exitCodeOf, oneOffOf } from '../running/one-off-task.ts';
import { stackOutputs } from '../running/stack-outputs.ts';
import { idOf, storyOf } from '../running/stopped-tasks.ts';
import { answerOf } from './answer.ts';
import {
  type Console,
  hasEnded,
  isOpen,
  startConsole,
  stopConsole,
  whenTask,
} from './console-task.ts';
import { untilEntered } from './entering.ts';
import { whileEntered } from './signals.ts';
import { enterTask, requireTools } from './tools.ts';

/** What ECS takes as all overrides of a task, less what else is in them. */
const LONGEST = 7500;

interface Asked {
  readonly environment: Environment;
  /** The ARN of who is asking. */
  readonly who: string;
  /** The console's own options. */
  readonly options: readonly string[];
}

/** @returns the answer, and whether all went well. @throws Refusal, Interrupted */
export async function runStatements(
  { environment, who, options }: Asked,
  sql: string,
  signal: AbortSignal,
): Promise<{ text: string; isWell: boolean }> {
  if (Buffer.byteLength(JSON.stringify(sql)) > LONGEST) {
    throw new Refusal(`ECS takes ${LONGEST} bytes of SQL at most: enter the session and paste it`);
  }
  const command = ['--who', who, ...options, '--command', sql];
  const console = await start(environment, command, { isEntered: false });
  const task = await whenTask(hasEnded, console, signal).catch(async (error: unknown) => {
    await stopConsole(console);
    throw error;
  });
  const code = exitCodeOf(task);
  // What never ran says nothing that could be waited for.
  const text = code === undefined ? code : await answerOf(environment, idOf(task), signal);
  if (text !== undefined) return { text, isWell: code === 0 };
  throw new Refusal(`the console gave no answer:\n${await story(environment, task)}`);
}

/**
 * @param say what it waits for
 * @returns the exit code of the session
 * @throws Refusal when something is missing, or it does not open; Interrupted
 */
export async function enterSession(
  { environment, who, options }: Asked,
  say: (doing: string) => void,
  signal: AbortSignal,
): Promise<number> {
  if (environment.network.egress === 'endpoints') {
    throw new Refusal(
      `nobody can enter a task of ${environment.name}: it has no way to ssmmessages (network.egress is 'endpoints'); use --command`,
    );
  }
  requireTools();
  const console = await start(environment, ['--who', who, ...options], { isEntered: true });
  try {
    say(`the console's task starts: ${console.arn}`);
    const task = await whenTask(isOpen, console, signal);
    if (!hasEnded(task)) {
      return await untilEntered(() => whileEntered(enterTask(console)), say, signal);
    }
    const why = await story(environment, task);
    throw new Refusal(`the console ended before anybody could enter:\n${why}`);
  } finally {
    await stopConsole(console);
  }
}

async function start(
  environment: Environment,
  command: readonly string[],
  { isEntered }: { readonly isEntered: boolean },
): Promise<Console> {
  const oneOff = oneOffOf(await stackOutputs(environment, 'migration'), 'psql');
  const whole = ['node', PROGRAMS.console, ...command];
  return startConsole(environment, { ...oneOff, command: whole, isEntered });
}

function story(environment: Environment, task: Task): Promise<string> {
  return storyOf(environment, task, consoleLog(environment));
}
