import {
  DescribeTasksCommand,
  type DesiredStatus,
  ECSClient,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import type { Environment } from '../../stacks/place.ts';
import { clusterName, serviceName } from './names.ts';

/** The service's tasks that ECS wants to run, or that it has stopped: those it forgets within the hour. */
export async function tasksOfService(
  environment: Environment,
  desiredStatus: DesiredStatus,
): Promise<Task[]> {
  const client = new ECSClient({ region: environment.region });
  const cluster = clusterName(environment);
  const which = { cluster, serviceName: serviceName(environment), desiredStatus };
  const { taskArns = [] } = await client.send(new ListTasksCommand(which));
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
  return tasks;
}
