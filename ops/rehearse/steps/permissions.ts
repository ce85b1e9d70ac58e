/** Step 7: IAM decides. What a role lacks fails where it is needed; what nobody should do is denied. */
import type { Say } from '../../deployment/progress.ts';
import { learnNames } from '../least-privilege.ts';
import { askForbidden } from '../forbidden/asked.ts';
import type { Ground } from '../ground.ts';
import type { PipelineRoles } from '../pipeline-roles.ts';
import {
  APPLY_TRIALS,
  COMMAND_TRIALS,
  LOCK_TRIALS,
  PipelineTrials,
  PLAN_TRIALS,
} from '../pipeline-trials.ts';
import type { Run } from '../run.ts';
import { rotateWell, TASK_TRIALS, tryTask } from '../task-trials.ts';

const STEP = 'permissions';

/** Something that must fail for what its role lacks. */
interface Trial {
  readonly name: string;
  readonly fails: () => Promise<void>;
}

export async function permissions(run: Run, ground: Ground, say: Say): Promise<void> {
  const { checks, signal } = run;
  const { stacks, pipelines } = ground;
  if (pipelines === undefined) throw new Error("there are no pipelines' roles");
  await checks.keep(STEP, 'what nobody should do is denied to each role, by both IAMs', () =>
    refuseForbidden(run, ground, pipelines),
  );
  // Two at once, as the machine has two processors, and a release waits beside.
  await Promise.all([
    each(run, say, tasksOf(run, ground)),
    each(run, say, await pipelinesOf(run, ground, pipelines)),
  ]);
  say('all as it was');
  await checks.keep(STEP, 'with all permissions the rotation works', () =>
    rotateWell(stacks, signal),
  );
}

async function refuseForbidden(run: Run, ground: Ground, roles: PipelineRoles): Promise<void> {
  const names = await learnNames(ground);
  const { evaluated, asked, allowed } = await askForbidden(roles, names);
  run.progress.line(`${evaluated} forbidden calls evaluated, ${asked} of them asked`);
  if (allowed.length > 0) throw new Error(allowed.join('\n'));
}

async function each({ checks }: Run, say: Say, trials: readonly Trial[]): Promise<void> {
  for (const { name, fails } of trials) {
    say(name);
    await checks.keep(STEP, `${name} fails, and says so`, fails);
  }
}

function tasksOf({ signal }: Run, { stacks }: Ground): Trial[] {
  return TASK_TRIALS.map((trial) => ({
    name: `the task ${trial.task} whose ${trial.of} role lacks ${trial.action}`,
    fails: () => tryTask(stacks, trial, signal),
  }));
}

async function pipelinesOf(run: Run, ground: Ground, roles: PipelineRoles): Promise<Trial[]> {
  const trials = new PipelineTrials(run, ground, roles);
  const { rotate_task_definition: definition } = await ground.stacks.outputs('migration');
  return [
    ...PLAN_TRIALS.map((trial) => ({
      name: `a plan of ${trial.stack} without ${trial.action}`,
      fails: () => trials.plan(trial),
    })),
    ...LOCK_TRIALS.map((action) => ({
      name: `a state's lock without ${action}`,
      fails: () => trials.lock(action),
    })),
    ...keysOf(APPLY_TRIALS).map((action) => ({
      name: `an apply without ${action}`,
      fails: () => trials.apply(action),
    })),
    ...keysOf(COMMAND_TRIALS).map((action) => ({
      name: `${COMMAND_TRIALS[action][0]} without ${action}`,
      fails: () => trials.command(action),
    })),
    {
      name: 'a task that is run without ecs:RunTask',
      fails: () => trials.runTask(String(definition)),
    },
  ];
}

function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(table) as Key[];
}
