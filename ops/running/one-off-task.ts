/** Runs a command of the image once, as a task, and waits for its end. */
import {
  DescribeTasksCommand,
  ECSClient,
  type NetworkConfiguration,
  RunTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { wait } from '../deployment/interruption.ts';
import { patiently } from './patiently.ts';
import { Refusal } from '../deployment/refusal.ts';
import type { Environment } from '../../stacks/place.ts';
import { CONTAINER } from '../../stacks/constructs/task-definition.ts';
import { Interrupted } from '../terraform/terraform.ts';
import { clusterName } from './names.ts';

/** Milliseconds between two looks, and until it is given up: a migration may rewrite a table. */
const PAUSE = 1000;
const PATIENCE = 3_600_000;

export interface OneOffTask {
  readonly taskDefinition: string;
  readonly network: NetworkConfiguration;
  /** @default what the task definition says */
  readonly command?: readonly string[];
  /** Variables that are other than the task definition says, or beside them; never secret ones. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What started it, as ECS lists it. @default release */
  readonly startedBy?: string;
}

/** @param outputs of the stack of one-off tasks; stacks/migration-stack.ts */
export function oneOffOf(
  outputs: Readonly<Record<string, unknown>>,
  name: 'migrate' | 'rotate' | 'psql',
): OneOffTask {
  return {
    taskDefinition: String(outputs[`${name}_task_definition`]),
    network: {
      awsvpcConfiguration: {
        subnets: outputs['task_subnet_ids'] as string[],
        securityGroups: outputs['task_security_group_ids'] as string[],
        assignPublicIp: 'DISABLED',
      },
    },
  };
}

/**
 * @returns the task as it ended, whatever its exit code
 * @throws Refusal when it cannot be started or has no end; Interrupted, and then it goes on
 */
export async function runOneOff(
  environment: Environment,
  oneOff: OneOffTask,
  signal: AbortSignal,
): Promise<Task> {
  const { taskDefinition, network, startedBy = 'release' } = oneOff;
  const client = new ECSClient({ region: environment.region });
  const cluster = clusterName(environment);
  const { tasks = [], failures = [] } = await client.send(
    new RunTaskCommand({
      cluster,
      taskDefinition,
      launchType: 'FARGATE',
      networkConfiguration: network,
      startedBy,
      ...overridesOf(oneOff),
    }),
  );
  const arn = tasks[0]?.taskArn;
  if (arn === undefined) {
    const reasons = failures.map(({ reason }) => reason).join(', ');
    throw new Refusal(`ECS does not start a task of ${taskDefinition}: ${reasons}`);
  }
  return ended({ client, cluster, arn, signal });
}

function overridesOf({ command, variables }: OneOffTask) {
  if (command === undefined && variables === undefined) return {};
  const environment = Object.entries(variables ?? {}).map(([name, value]) => ({ name, value }));
  const override = { name: CONTAINER, ...(command && { command: [...command] }), environment };
  return { overrides: { containerOverrides: [override] } };
}

export function exitCodeOf({ containers = [] }: Task): number | undefined {
  return containers[0]?.exitCode;
}

interface Started {
  readonly client: ECSClient;
  readonly cluster: string;
  readonly arn: string;
  readonly signal: AbortSignal;
}

async function ended({ client, cluster, arn, signal }: Started): Promise<Task> {
  const question = new DescribeTasksCommand({ cluster, tasks: [arn] });
  const deadline = performance.now() + PATIENCE;
  while (performance.now() < deadline) {
    const [task] = await patiently(async () => (await client.send(question)).tasks ?? [], signal);
    if (task?.lastStatus === 'STOPPED') return task;
    await wait(PAUSE, signal).catch((error: unknown) => {
      if (!(error instanceof Interrupted)) throw error;
      throw new Interrupted(`${error.message}; the task goes on without us: ${arn}`);
    });
  }
  throw new Refusal(
    `the task still runs after ${PATIENCE / 60_000} minutes, and goes on; look at its log: ${arn}`,
  );
}
