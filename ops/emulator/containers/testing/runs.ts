/** Tasks that run once, and what came of them. */
import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTasksCommand, RunTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { setTimeout as pause } from 'node:timers/promises';
import { CLUSTER, LOG_GROUP, type Stage } from './stage.ts';

/** Milliseconds: for anything that is awaited, and between two questions. */
const PATIENCE = 60_000;
const PAUSE = 200;

/** @returns what the question answers once it answers. @throws Error that names what did not come */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + PATIENCE;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(PAUSE);
  }
  throw new Error(`not within ${PATIENCE / 1000} s: ${what}`);
}

/** @returns the task once it has stopped, and its log */
export async function run(
  stage: Stage,
  taskDefinition: string,
): Promise<Task & { readonly said: string }> {
  const { tasks } = await stage.ecs.send(new RunTaskCommand({ cluster: CLUSTER, taskDefinition }));
  const arn = tasks?.[0]?.taskArn ?? '';
  const task = await eventually('the task’s end', async () => {
    const found = await describe(stage, arn);
    return found.lastStatus === 'STOPPED' ? found : undefined;
  });
  return { ...task, said: await logOf(stage, arn) };
}

export async function describe(stage: Stage, arn: string): Promise<Task> {
  const { tasks } = await stage.ecs.send(
    new DescribeTasksCommand({ cluster: CLUSTER, tasks: [arn] }),
  );
  return tasks?.[0] ?? {};
}

/** Empty if it never wrote. */
async function logOf(stage: Stage, arn: string): Promise<string> {
  const logStreamName = `task/store/${arn.split('/').at(-1)}`;
  const { events = [] } = await stage.logs
    .send(new GetLogEventsCommand({ logGroupName: LOG_GROUP, logStreamName }))
    .catch(() => ({ events: [] }));
  return events.map(({ message }) => message).join('\n');
}
