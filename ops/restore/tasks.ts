/** What is done inside of databases: by tasks of the released image, as the migration's role. */
import type { Task } from '@aws-sdk/client-ecs';
import { PROGRAMS } from '../../contract.ts';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { migrationLog } from '../running/names.ts';
import { exitCodeOf, type OneOffTask, runOneOff } from '../running/one-off-task.ts';
import { idOf, storyOf } from '../running/stopped-tasks.ts';
import { toldBy } from '../running/told.ts';
import type { Inspection } from '../../service/database/inspection.ts';
import type { Door } from './database.ts';

export interface Tasks {
  readonly environment: Environment;
  /** The migration's; other commands run in its place. */
  readonly oneOff: OneOffTask;
  readonly signal: AbortSignal;
}

/** @throws Refusal with its last lines, Interrupted */
export async function inspectDatabase(tasks: Tasks, door: Door): Promise<Inspection> {
  const task = await run(tasks, door, ['node', PROGRAMS.inspect]);
  const found = await told(tasks, task, ({ inspection }) => inspection as Inspection | undefined);
  if (found === undefined)
    throw new Refusal(`the inspection of ${door.host} said nothing; try again`);
  return found;
}

/**
 * Brings the schema to what the released image needs. Whatever that takes was allowed when the first
 * database was migrated, and nobody works with this one yet.
 * @throws Refusal with its last lines, Interrupted
 */
export async function migrateDatabase(tasks: Tasks, door: Door): Promise<void> {
  await run(tasks, door, ['node', PROGRAMS.migrate, '--contract']);
}

export interface Switched {
  /** How many sessions were ended in the database that was left; null when it is not there. */
  readonly sessions: number | null;
}

/** @param left undefined when it is gone. @throws Refusal with its last lines, Interrupted */
export async function switchDatabase(
  tasks: Tasks,
  door: Door,
  left: Door | undefined,
): Promise<Switched | undefined> {
  const from = left === undefined ? [] : [left.host, left.secretId];
  const task = await run(tasks, door, ['node', PROGRAMS.switch, ...from]);
  return told(tasks, task, ({ switched }) => switched as Switched | undefined);
}

async function run(
  { environment, oneOff, signal }: Tasks,
  { host, secretId }: Door,
  command: readonly string[],
): Promise<Task> {
  const variables = { DATABASE_HOST: host, DATABASE_MASTER_SECRET_ID: secretId };
  const startedBy = 'restore';
  const task = await runOneOff(environment, { ...oneOff, command, variables, startedBy }, signal);
  if (exitCodeOf(task) === 0) return task;
  const story = await storyOf(environment, task, migrationLog(environment));
  throw new Refusal(`${command.slice(0, 2).join(' ')} failed at ${host}:\n${story}`);
}

function told<Told>(
  { environment, signal }: Tasks,
  task: Task,
  find: (line: Readonly<Record<string, unknown>>) => Told | undefined,
): Promise<Told | undefined> {
  const where = { group: migrationLog(environment), taskId: idOf(task) };
  return toldBy(environment, where, { find, signal });
}
