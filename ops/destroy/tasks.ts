/** Tasks hold addresses of the network and connections to the database: they go first. */
import {
  DescribeTasksCommand,
  ECSClient,
  paginateListTasks,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import type { Environment } from '../../stacks/place.ts';
import { wait } from '../deployment/interruption.ts';
import type { Say } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { clusterName } from '../running/names.ts';

/** Milliseconds between two looks, and until it is given up: a task is killed after two minutes at most. */
const PAUSE = 2000;
const PATIENCE = 300_000;

/** Asks all that still run to end, one-off tasks too. @throws Refusal when they do not, Interrupted */
export async function endTasks(
  environment: Environment,
  say: Say,
  signal: AbortSignal,
): Promise<string> {
  const client = new ECSClient({ region: environment.region });
  const cluster = clusterName(environment);
  const first = await tasksIn(client, cluster);
  const reason = 'the environment is destroyed';
  for (const task of first) await client.send(new StopTaskCommand({ cluster, task, reason }));

  const deadline = performance.now() + PATIENCE;
  for (let left = first; left.length > 0; left = await tasksIn(client, cluster)) {
    if (performance.now() > deadline) {
      throw new Refusal(
        `${left.length} tasks still run ${PATIENCE / 60_000} minutes after they were asked to end: ${left.join(', ')}; run the same command again`,
      );
    }
    say(`${left.length} tasks are ending`);
    await wait(PAUSE, signal);
  }
  return first.length === 0 ? 'none runs' : `${first.length} ended`;
}

/** ARNs of tasks that have not ended. Those that were asked to are listed with the stopped ones. */
async function tasksIn(client: ECSClient, cluster: string): Promise<string[]> {
  try {
    const running = await aliveOf(client, cluster, 'RUNNING');
    return [...running, ...(await aliveOf(client, cluster, 'STOPPED'))];
  } catch (error) {
    if ((error as Error).name === 'ClusterNotFoundException') return [];
    throw error;
  }
}

async function aliveOf(
  client: ECSClient,
  cluster: string,
  desiredStatus: 'RUNNING' | 'STOPPED',
): Promise<string[]> {
  const alive: string[] = [];
  // A page has 100 tasks at most, as many as may be described at once.
  const question = { cluster, desiredStatus };
  for await (const { taskArns = [] } of paginateListTasks({ client }, question)) {
    if (taskArns.length === 0) continue;
    const found = await client.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
    for (const { taskArn, lastStatus } of found.tasks ?? []) {
      if (lastStatus !== 'STOPPED' && taskArn !== undefined) alive.push(taskArn);
    }
  }
  return alive;
}
