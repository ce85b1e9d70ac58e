/** The migration, run as a task before the service that needs it. */
import type { Environment } from '../../stacks/place.ts';
import { wait } from '../deployment/interruption.ts';
import { Refusal } from '../deployment/refusal.ts';
import type { Stack } from '../deployment/stack.ts';
import { lastLines } from '../running/log.ts';
import { migrationLog } from '../running/names.ts';
import { exitCodeOf, oneOffOf, runOneOff } from '../running/one-off-task.ts';
import type { Schema } from '../running/records.ts';
import { idOf, storyOf } from '../running/stopped-tasks.ts';

/** Lines in which it may have said what the schema is now; it says so near its end. */
const LINES = 50;
/** How often it is looked for them, and milliseconds between. */
const LOOKS = 15;
const PAUSE = 1000;

/** @returns what it said of the schema, if it did. @throws Refusal with its last lines, Interrupted */
export async function runMigration(
  environment: Environment,
  stack: Stack,
  signal: AbortSignal,
): Promise<Schema | undefined> {
  const oneOff = oneOffOf(await stack.outputs(), 'migrate');
  const task = await runOneOff(environment, oneOff, signal);
  if (exitCodeOf(task) !== 0) {
    const story = await storyOf(environment, task, migrationLog(environment));
    throw new Refusal(`the migration failed, and the old version still serves:\n${story}`);
  }
  return whatItSaid(environment, idOf(task), signal);
}

/** CloudWatch shows lines some seconds after they were written. @returns undefined when it never does */
async function whatItSaid(
  environment: Environment,
  taskId: string,
  signal: AbortSignal,
): Promise<Schema | undefined> {
  const group = migrationLog(environment);
  for (let look = 0; look < LOOKS; look += 1) {
    const lines = await lastLines(environment, { group, taskId, count: LINES });
    const schema = lines.map(schemaOf).findLast((found) => found !== undefined);
    if (schema !== undefined) return schema;
    await wait(PAUSE, signal);
  }
  return undefined;
}

function schemaOf(line: string): Schema | undefined {
  try {
    return (JSON.parse(line) as { schema?: Schema }).schema;
  } catch {
    return undefined;
  }
}
