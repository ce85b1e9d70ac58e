/** Tasks whose role, or whose start, lacks one permission: each must fail, and name it. */
import assert from 'node:assert/strict';
import {
  DescribeTasksCommand,
  ECSClient,
  RunTaskCommand,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import type { Environment } from '../../stacks/place.ts';
import { lastLines } from '../running/log.ts';
import { clusterName, migrationLog, serviceLog } from '../running/names.ts';
import { exitCodeOf, type OneOffTask, oneOffOf, runOneOff } from '../running/one-off-task.ts';
import { describeService } from '../running/service.ts';
import { endOf, idOf } from '../running/stopped-tasks.ts';
import { type Lack, withTaskLacking } from './permission.ts';
import type { Stacks } from './stacks.ts';
import { until } from './until.ts';

export interface TaskTrial extends Pick<Lack, 'of' | 'action'> {
  readonly task: 'migrate' | 'rotate' | 'service';
}

export const TASK_TRIALS: readonly TaskTrial[] = [
  { task: 'rotate', of: 'execution', action: 'ecr:GetAuthorizationToken' },
  { task: 'rotate', of: 'execution', action: 'ecr:BatchGetImage' },
  { task: 'rotate', of: 'execution', action: 'ecr:GetDownloadUrlForLayer' },
  { task: 'rotate', of: 'execution', action: 'logs:CreateLogStream' },
  { task: 'service', of: 'execution', action: 'logs:PutLogEvents' },
  { task: 'rotate', of: 'task', action: 'secretsmanager:GetSecretValue' },
  { task: 'rotate', of: 'task', action: 'secretsmanager:PutSecretValue' },
  { task: 'rotate', of: 'task', action: 'kms:GenerateDataKey' },
  { task: 'migrate', of: 'task', action: 'kms:Decrypt' },
  { task: 'service', of: 'task', action: 'secretsmanager:GetSecretValue' },
  { task: 'service', of: 'task', action: 'kms:Decrypt' },
  { task: 'service', of: 'task', action: 'ssm:GetParameter' },
];

/** Lines of a log: the cause stands above the places where it passed through. */
const LINES = 60;

/** Seconds until a service that lacks something has said so. */
const PATIENCE = 60;

/** How long it waits for connections that still use the old login: here there is nobody's. */
const ROTATES_AT_ONCE = { ROTATION_GRACE_SECONDS: '1' };

/** @throws Error when it works all the same, or does not say what it lacks */
export async function tryTask(
  stacks: Stacks,
  trial: TaskTrial,
  signal: AbortSignal,
): Promise<void> {
  const { environment } = stacks;
  const { task, of, action } = trial;
  const oneOff = task === 'service' ? await serviceOf(environment) : await taskOf(stacks, task);
  const lack = { region: environment.region, definition: oneOff.taskDefinition, of, action };
  await withTaskLacking(lack, async (taskDefinition) => {
    const lacking = { ...oneOff, taskDefinition, startedBy: 'trial' };
    if (task === 'service') return untilTold(environment, { task: lacking, action }, signal);
    const ended = await runOneOff(environment, lacking, signal);
    const words = await wordsOf(environment, ended, migrationLog(environment));
    assert.notEqual(exitCodeOf(ended), 0, `it ended well:\n${words}`);
    assert.ok(words.includes(action), `it does not name ${action}:\n${words}`);
  });
}

/** The rotation, which nothing lacks. @throws Error when it fails */
export async function rotateWell(stacks: Stacks, signal: AbortSignal): Promise<void> {
  const ended = await runOneOff(stacks.environment, await taskOf(stacks, 'rotate'), signal);
  const words = await wordsOf(stacks.environment, ended, migrationLog(stacks.environment));
  assert.equal(exitCodeOf(ended), 0, words);
}

async function taskOf(stacks: Stacks, task: 'migrate' | 'rotate'): Promise<OneOffTask> {
  const oneOff = oneOffOf(await stacks.outputs('migration'), task);
  return task === 'rotate' ? { ...oneOff, variables: ROTATES_AT_ONCE } : oneOff;
}

async function serviceOf(environment: Environment): Promise<OneOffTask> {
  const service = await describeService(environment);
  const [primary] = service?.deployments ?? [];
  const serving = service?.deployments.find(({ rolloutState }) => rolloutState === 'COMPLETED');
  return {
    taskDefinition: (serving ?? primary)?.taskDefinition ?? '',
    network: service?.network ?? {},
  };
}

/** A service has no end of its own: it says what it lacks, or never starts, and is stopped. */
async function untilTold(
  environment: Environment,
  { task, action }: { readonly task: OneOffTask; readonly action: string },
  signal: AbortSignal,
): Promise<void> {
  const client = new ECSClient({ region: environment.region });
  const cluster = clusterName(environment);
  const { taskDefinition, network: networkConfiguration, startedBy } = task;
  const { tasks: [started] = [] } = await client.send(
    new RunTaskCommand({
      cluster,
      taskDefinition,
      networkConfiguration,
      startedBy,
      launchType: 'FARGATE',
    }),
  );
  const which = started?.taskArn ?? '';
  try {
    await until({ what: `it names ${action}`, seconds: PATIENCE, signal }, async () => {
      const question = new DescribeTasksCommand({ cluster, tasks: [which] });
      const { tasks: [now] = [] } = await client.send(question);
      const words = await wordsOf(environment, now, serviceLog(environment));
      return words.includes(action) ? true : undefined;
    });
  } finally {
    await client.send(new StopTaskCommand({ cluster, task: which }));
  }
}

/** How a task ended, where it has, and all that it wrote. */
async function wordsOf(
  environment: Environment,
  task: Task | undefined,
  group: string,
): Promise<string> {
  if (task === undefined) return '';
  const where = { group, taskId: idOf(task), count: LINES };
  return [endOf(task), ...(await lastLines(environment, where))].join('\n');
}
