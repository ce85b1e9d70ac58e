/** The rotation, run as a task: only from there the database can be reached. */
import type { Environment } from '../../stacks/place.ts';
import { requireAccount } from '../deployment/account.ts';
import { listenForSignals } from '../deployment/interruption.ts';
import { Progress, type Say } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { readOutputs } from '../outputs/outputs.ts';
import { withReleaseLock } from '../release/lock.ts';
import { readDigest } from '../running/digest.ts';
import { migrationLog } from '../running/names.ts';
import { exitCodeOf, type OneOffTask, oneOffOf, runOneOff } from '../running/one-off-task.ts';
import { idOf, storyOf } from '../running/stopped-tasks.ts';
import { toldBy } from '../running/told.ts';
import { overhear } from './overhear.ts';
import { isRotation, type Rotation, whatIsSo } from './rotation.ts';

interface Running {
  readonly signal: AbortSignal;
  readonly say: Say;
}

/** @param variables of the task, such as a grace time. @throws Refusal, TerraformFailed, Interrupted */
export async function rotate(
  table: Table,
  name: string,
  variables: OneOffTask['variables'] = {},
): Promise<void> {
  const { environment } = find(table, name);
  const who = await requireAccount(environment);
  const progress = new Progress();
  const signal = listenForSignals();
  const rotation = await withReleaseLock(environment, who, async () => {
    const oneOff = await progress.step('what is deployed', () => deployed(table, environment));
    const started = { ...oneOff, variables, startedBy: 'rotate' };
    return progress.step('rotation', (say) => run(environment, started, { say, signal }));
  });
  progress.line(whatIsSo(rotation, environment));
}

/** @throws Refusal while there is nothing to rotate */
async function deployed(table: Table, environment: Environment): Promise<OneOffTask> {
  const { name } = environment;
  const nothing = new Refusal(
    `nothing was released to ${name} yet, so there is no login to rotate: npm run release -- ${name}`,
  );
  if ((await readDigest(environment)) === undefined) throw nothing;
  const { migration } = await readOutputs(table, environment, ['migration']);
  if (!migration) throw nothing;
  return oneOffOf(migration, 'rotate');
}

/** @returns what it said, if its log shows it. @throws Refusal, Interrupted */
async function run(
  environment: Environment,
  oneOff: OneOffTask,
  { say, signal }: Running,
): Promise<Rotation | undefined> {
  say('a task starts');
  const task = await overhear(environment, say, () => runOneOff(environment, oneOff, signal));
  const { name } = environment;
  const group = migrationLog(environment);
  if (exitCodeOf(task) !== 0) {
    const story = await storyOf(environment, task, group);
    throw new Refusal(
      `the rotation failed; the secret names a login that works, and the old password may live on. Mend the cause and run it again (docs/runbooks/rotate.md):\n${story}`,
    );
  }
  const told = await toldBy(environment, { group, taskId: idOf(task) }, { find: saidIn, signal });
  if (told === false) {
    throw new Refusal(
      `the secret is empty, so there is no login to rotate: the migration fills it, npm run release -- ${name}`,
    );
  }
  return told;
}

function saidIn({ rotated }: Readonly<Record<string, unknown>>): Rotation | false | undefined {
  return rotated === false || isRotation(rotated) ? rotated : undefined;
}
