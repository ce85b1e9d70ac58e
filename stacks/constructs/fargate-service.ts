import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import { Op, TerraformResource, TerraformSelf } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { SERVICE_PORT } from '../../contract.ts';
import type { Environment } from '../place.ts';
import type { Door } from './door.ts';
import type { ReleasedImage } from './released-image.ts';
import { ServiceScaling } from './service-scaling.ts';
import type { ServiceTask } from './service-task.ts';
import { CONTAINER } from './task-definition.ts';
import type { TaskGroup } from './task-group.ts';

/** Seconds in which a new task's failing health does not count: it may wait 60 for its database. */
const GRACE = 90;

/** Three starts that fail, and the way back, fit in. */
const PATIENCE = '15m';

const ROLLED_BACK =
  'ECS went back to the revision before, because the new tasks did not start: the events of the service and its log say why. The old revision still runs; another deploy tries the new one again.';

/** New tasks come up beside all the old ones; if they do not start, the old ones stay. */
const ROLLING = {
  deploymentMinimumHealthyPercent: 100,
  deploymentMaximumPercent: 200,
  deploymentCircuitBreaker: { enable: true, rollback: true },
  healthCheckGracePeriodSeconds: GRACE,
  // After a zone is back, tasks move there again.
  availabilityZoneRebalancing: 'ENABLED',
  timeouts: { create: PATIENCE, update: PATIENCE, delete: PATIENCE },
};

interface FargateServiceProps {
  readonly environment: Environment;
  readonly image: ReleasedImage;
  readonly network: {
    readonly clusterArn: string;
    readonly clusterName: string;
    readonly privateSubnetIds: readonly string[];
  };
  readonly door: Door;
  readonly task: ServiceTask;
  readonly group: TaskGroup;
}

/** Keeps the tasks running, replaces them without a gap, and goes back when new ones do not start. */
export class FargateService extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const { environment, image, network, door, task, group } = props;
    const { minTasks, spotPercent } = environment.service;
    const service = new EcsService(this, 'service', {
      name: `${environment.prefix}-service`,
      cluster: network.clusterArn,
      taskDefinition: task.definitionArn,
      // Before the first release there is nothing to run, and nothing to wait for.
      desiredCount: image.whenReleased(minTasks, 0),
      waitForSteadyState: image.whenReleased(true, false),
      capacityProviderStrategy: capacity(spotPercent),
      // Otherwise another share of Spot would be another service, and an outage in between.
      forceNewDeployment: true,
      platformVersion: '1.4.0',
      networkConfiguration: {
        subnets: [...network.privateSubnetIds],
        securityGroups: [...group.worn],
        assignPublicIp: false,
      },
      loadBalancer: [
        {
          targetGroupArn: door.targetGroupArn,
          containerName: CONTAINER,
          containerPort: SERVICE_PORT,
        },
      ],
      ...ROLLING,
      // Nobody gets a shell in a task.
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      lifecycle: lifecycle(task.definitionArn),
      // Door, rights and ways out are there before the tasks, and go after them.
      dependsOn: resourcesOf(door, task, group),
    });
    this.name = service.name;
    new ServiceScaling(this, 'scaling', {
      environment,
      image,
      clusterName: network.clusterName,
      serviceName: service.name,
      requestCountLabel: door.requestCountLabel,
    });
  }
}

function lifecycle(definitionArn: string) {
  return {
    // Scaling decides it from the first release on.
    ignoreChanges: ['desired_count'],
    // To Terraform a service that went back is as steady as one that went on.
    postcondition: [
      {
        condition: Op.eq(TerraformSelf.getString('task_definition'), definitionArn),
        errorMessage: ROLLED_BACK,
      },
    ],
  };
}

/** Weights for new tasks; where both are used, the first task is one that AWS does not take back. */
function capacity(spotPercent: number) {
  if (spotPercent === 0) return [{ capacityProvider: 'FARGATE', weight: 1 }];
  if (spotPercent === 100) return [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
  return [
    { capacityProvider: 'FARGATE', base: 1, weight: 100 - spotPercent },
    { capacityProvider: 'FARGATE_SPOT', weight: spotPercent },
  ];
}

function resourcesOf(...constructs: readonly IConstruct[]): TerraformResource[] {
  return constructs
    .flatMap((construct) => construct.node.findAll())
    .filter((child) => TerraformResource.isTerraformResource(child));
}
