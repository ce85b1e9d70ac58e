/** A task dies without a word: the door notices, ECS starts another one. */
import type { Task } from '@aws-sdk/client-ecs';
import { docker } from '../emulator/containers/engine.ts';
import type { Ground } from './ground.ts';
import type { Home } from './home.ts';
import { describeFailures } from './outcomes.ts';
import type { Run } from './run.ts';
import { TASKS } from './steps/stand-up.ts';
import { healthyTargets, runningTasks, untilHealthy } from './tasks.ts';
import { until } from './until.ts';

/**
 * Milliseconds. Requests that it had before; until the target group must have noticed, with three
 * checks that fail, one a second in the emulator, and what the machine needs; what was under way.
 */
const BEFORE = 1000;
const NOTICING = 5000;
const AFTER = 1000;
/** Of the requests meanwhile: two tasks share them. */
const SHARE = 1 / TASKS;

export async function killOneTask(
  run: Run,
  { stacks }: Ground,
  { home, step }: { readonly home: Home; readonly step: string },
): Promise<void> {
  const { environment } = stacks;
  const { checks, signal, options } = run;
  let killed = Date.now();
  let noticed = killed;
  await checks.keep(step, 'a task that is killed is replaced', async () => {
    const before = await healthyTargets(environment);
    const [task] = await runningTasks(environment);
    killed = Date.now();
    await docker('kill', containerOf(task));
    const isNoticed = async () => {
      const now = await healthyTargets(environment);
      return before.every((target) => now.includes(target)) ? undefined : now;
    };
    await until(
      { what: 'the door trusts the killed task no more', seconds: 30, signal },
      isNoticed,
    );
    noticed = Date.now();
    await untilHealthy(environment, TASKS, signal);
  });
  if (!options.traffic) return;
  await checks.keep(step, 'no request failed but those that the killed task had', async () => {
    const end = Date.now();
    await home.load.settled();
    const last = Math.min(noticed, killed + NOTICING) + AFTER;
    const its = home.load.tally(killed - BEFORE, last);
    if (its.failed.length > its.requests * SHARE) throw new Error(describeFailures(its));
    const later = home.load.tally(last + 1, end);
    if (later.failed.length > 0) throw new Error(describeFailures(later));
    for (const failure of its.failed) run.notes.excused.add(failure);
  });
}

/** @throws Error when ECS does not say */
function containerOf(task: Task | undefined): string {
  const id = task?.containers?.[0]?.runtimeId;
  if (id === undefined || id === '') throw new Error('no task runs in a container');
  return id;
}
