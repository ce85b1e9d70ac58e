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

/** Milliseconds: requests that it had before, and what the door sent it before it knew. */
const BEFORE = 5000;
const AFTER = 1000;

export async function killOneTask(
  run: Run,
  { stacks }: Ground,
  { home, step }: { readonly home: Home; readonly step: string },
): Promise<void> {
  const { environment } = stacks;
  const { checks, signal, options } = run;
  const since = Date.now();
  let noticed = since;
  await checks.keep(step, 'a task that is killed is replaced', async () => {
    const before = await healthyTargets(environment);
    const [task] = await runningTasks(environment);
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
  await checks.keep(step, 'no request failed but those that the killed task had', () => {
    const { requests, failed } = home.load.tally(since - BEFORE);
    const others = failed.filter(({ at }) => at > noticed + AFTER || at < since - BEFORE);
    if (others.length > 0) throw new Error(describeFailures({ requests, failed: others }));
  });
}

/** @throws Error when ECS does not say */
function containerOf(task: Task | undefined): string {
  const id = task?.containers?.[0]?.runtimeId;
  if (id === undefined || id === '') throw new Error('no task runs in a container');
  return id;
}
