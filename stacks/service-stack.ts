import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { AlbDoor } from './constructs/alb-door.ts';
import type { Door } from './constructs/door.ts';
import { FargateService } from './constructs/fargate-service.ts';
import { ReleasedImage } from './constructs/released-image.ts';
import { repositoryUrl } from './constructs/repository.ts';
import { ServiceTask } from './constructs/service-task.ts';
import { TaskGroup } from './constructs/task-group.ts';
import type { DatabaseStack } from './database-stack.ts';
import type { IdentityStack } from './identity-stack.ts';
import type { NetworkStack } from './network-stack.ts';
import type { Environment } from './place.ts';
import { StoreStack } from './store-stack.ts';

/** What stands behind each choice of `platform.door`. */
const DOORS = { alb: AlbDoor } satisfies Record<Environment['platform']['door'], unknown>;

export interface ServiceUpstream {
  readonly network: NetworkStack;
  readonly identity: IdentityStack;
  readonly database: DatabaseStack;
}

/** The service and its front door, daily. */
export class ServiceStack extends StoreStack {
  constructor(scope: Construct, environment: Environment, upstream: ServiceUpstream) {
    super(scope, environment, 'service');
    const { network, identity, database } = upstream;
    const image = new ReleasedImage(this, 'image', environment);
    const door: Door = new DOORS[environment.platform.door](this, 'door', {
      environment,
      vpcId: network.vpcId,
      subnetIds: network.publicSubnetIds,
    });
    const { proxyHops } = door;
    const task = new ServiceTask(this, 'task', {
      environment,
      image,
      proxyHops,
      database,
      identity,
    });
    const group = new TaskGroup(this, 'task-group', {
      place: environment,
      doorGroupId: door.groupId,
      databaseClientId: database.clientGroupId,
      network,
    });
    const service = new FargateService(this, 'service', {
      environment,
      image,
      network,
      door,
      task,
      group,
    });

    this.say({
      service_url: door.url,
      service_name: service.name,
      // What a release must find running.
      task_definition: task.definitionArn,
      cluster_name: network.clusterName,
      log_group: task.logGroupName,
      min_tasks: String(environment.service.minTasks),
      repository_url: repositoryUrl(environment),
      // What to do now.
      next: image.whenReleased(
        `curl ${door.url}/v1/products`,
        `npm run release -- ${environment.name}`,
      ),
    });
  }

  private say(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(this, name, { value });
  }
}
