/** The service's tasks: how many there are, and which of them the front door trusts. */
import type { Task } from '@aws-sdk/client-ecs';
import type { Environment } from '../../stacks/place.ts';
import { oneOffOf, runOneOff } from '../running/one-off-task.ts';
import { tasksOfService } from '../running/service-tasks.ts';
import { describeService, targetsOf } from '../running/service.ts';
import type { Stacks } from './stacks.ts';
import { until } from './until.ts';

/** Addresses of the tasks that get requests, in order. */
export async function healthyTargets(environment: Environment): Promise<string[]> {
  const service = await describeService(environment);
  if (service === undefined) return [];
  const targets = await targetsOf(environment, service);
  return targets.flatMap(({ id, state }) => (state === 'healthy' ? [id] : [])).toSorted();
}

/** @throws Error when there are not so many healthy ones in time */
export function untilHealthy(
  environment: Environment,
  count: number,
  signal: AbortSignal,
): Promise<string[]> {
  const what = `${count} healthy targets, no other tasks`;
  return until({ what, seconds: 120, signal }, async () => {
    const [targets, service] = await Promise.all([
      healthyTargets(environment),
      describeService(environment),
    ]);
    return targets.length === count && service?.running === count ? targets : undefined;
  });
}

export async function runningTasks(environment: Environment): Promise<Task[]> {
  const tasks = await tasksOfService(environment, 'RUNNING');
  return tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
}

/** Seconds in which the old login lives on: nobody here has more than a second's business with it. */
const GRACE = '1';

/** The rotation, as its schedule would start it, but for the time in between. @returns the task as it ended */
export async function rotate(stacks: Stacks, signal: AbortSignal): Promise<Task> {
  const task = oneOffOf(await stacks.outputs('migration'), 'rotate');
  const variables = { ROTATION_GRACE_SECONDS: GRACE };
  return runOneOff(stacks.environment, { ...task, variables, startedBy: 'rehearsal' }, signal);
}
