/** The service's tasks: how many there are, and which of them the front door trusts. */
import {
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  type NetworkConfiguration,
  type Task,
} from '@aws-sdk/client-ecs';
import type { Environment } from '../../stacks/place.ts';
import { clusterName, serviceName } from '../running/names.ts';
import { runOneOff } from '../running/one-off-task.ts';
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
  const client = new ECSClient({ region: environment.region });
  const cluster = clusterName(environment);
  const { taskArns = [] } = await client.send(
    new ListTasksCommand({ cluster, serviceName: serviceName(environment) }),
  );
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
  return tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
}

/** The rotation, as its schedule would start it. @returns the task as it ended */
export async function rotate(stacks: Stacks, signal: AbortSignal): Promise<Task> {
  const outputs = await stacks.outputs('migration');
  const network: NetworkConfiguration = {
    awsvpcConfiguration: {
      subnets: outputs['task_subnet_ids'] as string[],
      securityGroups: outputs['task_security_group_ids'] as string[],
    },
  };
  const taskDefinition = String(outputs['rotate_task_definition']);
  return runOneOff(stacks.environment, { taskDefinition, network }, signal);
}
