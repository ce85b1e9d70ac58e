/** The task of the SQL console: started for one operator, and stopped with them. */
import {
  DescribeTasksCommand,
  ECSClient,
  RunTaskCommand,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { CONTAINER } from '../../stacks/constructs/task-definition.ts';
import type { Environment } from '../../stacks/place.ts';
import { wait } from '../deployment/interruption.ts';
import { Refusal } from '../deployment/refusal.ts';
import { clusterName } from '../running/names.ts';
import type { OneOffTask } from '../running/one-off-task.ts';
import { patiently } from '../running/patiently.ts';

/** Milliseconds between two looks, and until it must be where it is waited for. */
const PAUSE = 1000;
const PATIENCE = 300_000;

/** As ECS lists who started it. */
const STARTED_BY = 'psql';
/** ECS's own name of what lets people in. */
const AGENT = 'ExecuteCommandAgent';

export interface Console {
  readonly environment: Environment;
  readonly arn: string;
}

interface Start extends OneOffTask {
  readonly command: readonly string[];
  /** Whether an operator will enter it. */
  readonly isEntered: boolean;
}

/** @throws Refusal when ECS does not start it */
export async function startConsole(environment: Environment, start: Start): Promise<Console> {
  const { taskDefinition, network, command, isEntered } = start;
  const { tasks = [], failures = [] } = await clientOf(environment).send(
    new RunTaskCommand({
      cluster: clusterName(environment),
      taskDefinition,
      launchType: 'FARGATE',
      networkConfiguration: network,
      startedBy: STARTED_BY,
      enableExecuteCommand: isEntered,
      overrides: { containerOverrides: [{ name: CONTAINER, command: [...command] }] },
    }),
  );
  const arn = tasks[0]?.taskArn;
  if (arn !== undefined) return { environment, arn };
  const reasons = failures.map(({ reason }) => reason).join(', ');
  throw new Refusal(`ECS does not start a task of ${taskDefinition}: ${reasons}`);
}

/** Also after its end, which changes nothing. */
export async function stopConsole({ environment, arn }: Console): Promise<void> {
  const cluster = clusterName(environment);
  const reason = 'the operator has gone';
  await clientOf(environment).send(new StopTaskCommand({ cluster, task: arn, reason }));
}

/** @returns the task as soon as it is so, or has ended. @throws Refusal, Interrupted */
export async function whenTask(
  isSo: (task: Task) => boolean,
  { environment, arn }: Console,
  signal: AbortSignal,
): Promise<Task> {
  const client = clientOf(environment);
  const question = new DescribeTasksCommand({ cluster: clusterName(environment), tasks: [arn] });
  const deadline = performance.now() + PATIENCE;
  while (performance.now() < deadline) {
    const [task] = await patiently(async () => (await client.send(question)).tasks ?? [], signal);
    if (task !== undefined && (isSo(task) || hasEnded(task))) return task;
    await wait(PAUSE, signal);
  }
  throw new Refusal(`the console's task is not ready after ${PATIENCE / 60_000} minutes: ${arn}`);
}

export function hasEnded({ lastStatus }: Task): boolean {
  return lastStatus === 'STOPPED';
}

/** Whether somebody can enter. */
export function isOpen({ containers = [] }: Task): boolean {
  const agents = containers.flatMap(({ managedAgents = [] }) => managedAgents);
  return agents.some(({ name, lastStatus }) => name === AGENT && lastStatus === 'RUNNING');
}

function clientOf({ region }: Environment): ECSClient {
  return new ECSClient({ region });
}
