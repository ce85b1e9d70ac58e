/** The service as ECS and its front door see it. */
import {
  type Deployment,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  type NetworkConfiguration,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Environment } from '../../stacks/place.ts';
import { clusterName, serviceName } from './names.ts';

export interface RunningService {
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** ARN, with the revision. */
  readonly taskDefinition: string;
  readonly network: NetworkConfiguration | undefined;
  /** The newest first; one alone, COMPLETED, is a service at rest. */
  readonly deployments: readonly Deployment[];
  /** What ECS says about it, newest first, with times. */
  readonly events: readonly { readonly at: Date; readonly message: string }[];
  readonly targetGroups: readonly string[];
}

/** @returns undefined where there is none */
export async function describeService(
  environment: Environment,
): Promise<RunningService | undefined> {
  const question = new DescribeServicesCommand({
    cluster: clusterName(environment),
    services: [serviceName(environment)],
  });
  const { services = [] } = await clientOf(environment).send(question).catch(withoutCluster);
  const found = services.find(({ status }) => status === 'ACTIVE');
  if (found === undefined) return undefined;
  return {
    desired: found.desiredCount ?? 0,
    running: found.runningCount ?? 0,
    pending: found.pendingCount ?? 0,
    taskDefinition: found.taskDefinition ?? '',
    network: found.networkConfiguration,
    deployments: found.deployments ?? [],
    events: (found.events ?? []).map(({ createdAt, message }) => ({
      at: createdAt ?? new Date(0),
      message: message ?? '',
    })),
    targetGroups: (found.loadBalancers ?? []).flatMap(({ targetGroupArn }) =>
      targetGroupArn === undefined ? [] : [targetGroupArn],
    ),
  };
}

/**
 * Lets ECS start, or end, tasks until there are so many.
 * @param anew whether it tries once more what it has given up. @default false
 */
export async function setDesired(
  environment: Environment,
  desiredCount: number,
  anew = false,
): Promise<void> {
  await clientOf(environment).send(
    new UpdateServiceCommand({
      cluster: clusterName(environment),
      service: serviceName(environment),
      desiredCount,
      ...(anew && { forceNewDeployment: true }),
    }),
  );
}

/** Of the image that a task definition runs; undefined when it names none by digest. */
export async function digestOf(
  environment: Environment,
  taskDefinition: string,
): Promise<string | undefined> {
  const question = new DescribeTaskDefinitionCommand({ taskDefinition });
  const { taskDefinition: found } = await clientOf(environment).send(question);
  const image = found?.containerDefinitions?.[0]?.image ?? '';
  return /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
}

export interface Target {
  readonly id: string;
  /** `healthy`, `initial`, `unhealthy`, `draining` … */
  readonly state: string;
  readonly reason: string;
}

export async function targetsOf(
  { region }: Environment,
  { targetGroups }: RunningService,
): Promise<Target[]> {
  const client = new ElasticLoadBalancingV2Client({ region });
  const answers = await Promise.all(
    targetGroups.map((arn) =>
      client.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn })),
    ),
  );
  return answers.flatMap(({ TargetHealthDescriptions = [] }) =>
    TargetHealthDescriptions.map(({ Target: target, TargetHealth: health }) => ({
      id: target?.Id ?? '',
      state: health?.State ?? 'unknown',
      reason: health?.Description ?? health?.Reason ?? '',
    })),
  );
}

function clientOf({ region }: Environment): ECSClient {
  return new ECSClient({ region });
}

function withoutCluster(error: unknown): { services: [] } {
  if ((error as Error).name === 'ClusterNotFoundException') return { services: [] };
  throw error;
}
