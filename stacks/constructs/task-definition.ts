import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
import { Construct } from 'constructs';
import type { Variable } from '../../contract.ts';
import type { Environment } from '../place.ts';

/** Name of the only container of a task. */
export const CONTAINER = 'store';

/** The user `node` of the image, by number, so that nothing has to look it up. */
const USER = '1000:1000';

/** A slow CloudWatch costs log lines, never requests. */
const NEVER_WAITING = { mode: 'non-blocking', 'max-buffer-size': '25m' };

/** What people do is written down, or waits until it is. */
const NO_LINE_LOST = { mode: 'blocking' };

interface TaskDefinitionProps {
  readonly environment: Environment;
  /** After the prefix: `service` is the family `fargate-store-dev-service`. */
  readonly name: string;
  readonly image: string;
  /** @default what the image runs by itself: the service */
  readonly command?: readonly string[];
  readonly variables: Partial<Record<Variable, string>>;
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  readonly logGroupName: string;
  /** CPU units and MiB, of the combinations that Fargate offers. */
  readonly cpu: number;
  readonly memoryMb: number;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly stopTimeout: number;
  /** Only for a task that people enter: AWS's agent writes into it, and none of its log lines may be lost. @default false */
  readonly isWritable?: boolean;
  /** Port that it listens on. @default none */
  readonly port?: number;
  readonly healthCheck?: {
    readonly command: readonly string[];
    /** Seconds, as in ECS. */
    readonly interval: number;
    readonly timeout: number;
    readonly retries: number;
    readonly startPeriod: number;
  };
}

/** One hardened container of our image: read-only unless asked otherwise, not root, without privileges. */
export class TaskDefinition extends Construct {
  readonly arn: string;
  /** `fargate-store-dev-service`: the name without the revision. */
  readonly family: string;

  constructor(scope: Construct, id: string, props: TaskDefinitionProps) {
    super(scope, id);
    const { environment, name, cpu, memoryMb, executionRoleArn, taskRoleArn } = props;
    this.family = `${environment.prefix}-${name}`;
    const definition = new EcsTaskDefinition(this, 'definition', {
      family: this.family,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: String(cpu),
      memory: String(memoryMb),
      runtimePlatform: {
        cpuArchitecture: environment.service.architecture,
        operatingSystemFamily: 'LINUX',
      },
      executionRoleArn,
      taskRoleArn,
      containerDefinitions: JSON.stringify([container(props)]),
      // The old revision goes when the service runs on the new one, not before.
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = definition.arn;
  }
}

/** In the form, and with the defaults, that ECS gives back: anything else is a change in each plan. */
function container(props: TaskDefinitionProps) {
  const { environment, image, command, variables, logGroupName, port } = props;
  const { healthCheck, stopTimeout, isWritable = false } = props;
  return {
    name: CONTAINER,
    image,
    command,
    essential: true,
    user: USER,
    readonlyRootFilesystem: !isWritable,
    linuxParameters: { initProcessEnabled: true, capabilities: { add: [], drop: ['ALL'] } },
    stopTimeout,
    environment: Object.entries(variables)
      .map(([key, value]) => ({ name: key, value }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    portMappings:
      port === undefined ? [] : [{ containerPort: port, hostPort: port, protocol: 'tcp' }],
    healthCheck,
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': logGroupName,
        'awslogs-region': environment.region,
        'awslogs-stream-prefix': 'task',
        ...(isWritable ? NO_LINE_LOST : NEVER_WAITING),
      },
    },
    mountPoints: [],
    systemControls: [],
    volumesFrom: [],
  };
}
