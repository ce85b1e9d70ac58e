import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { ConsoleTask } from './constructs/console-task.ts';
import { ExecutionRole } from './constructs/execution-role.ts';
import { OneOffTask } from './constructs/one-off-task.ts';
import { ReleasedImage } from './constructs/released-image.ts';
import { RotationSchedule } from './constructs/rotation-schedule.ts';
import { runTaskCommand } from './constructs/run-task-command.ts';
import { AllowHttpsOut, SecurityGroup } from './constructs/security-group.ts';
import { TaskFailures } from './constructs/task-failures.ts';
import type { DatabaseStack } from './database-stack.ts';
import type { NetworkStack } from './network-stack.ts';
import type { Environment } from './place.ts';
import { StoreStack } from './store-stack.ts';

export interface MigrationUpstream {
  readonly network: NetworkStack;
  readonly database: DatabaseStack;
}

/** One-off tasks on the present image, daily: the migration, the rotation and the SQL console. */
export class MigrationStack extends StoreStack {
  constructor(scope: Construct, environment: Environment, upstream: MigrationUpstream) {
    super(scope, environment, 'migration');
    const { network, database } = upstream;
    const image = new ReleasedImage(this, 'image', environment);
    const { migrate, rotate, executionRoleArn, logGroupName } = this.addTasks(environment, {
      image: image.uri,
      database,
    });
    const { clusterArn, privateSubnetIds: subnetIds } = network;
    const securityGroupIds = this.addSecurityGroup(upstream);
    new RotationSchedule(this, 'rotation', {
      environment,
      state: image.whenReleased('ENABLED', 'DISABLED'),
      clusterArn,
      family: rotate.family,
      taskRoleArns: [database.rotationRoleArn, executionRoleArn],
      subnetIds,
      securityGroupIds,
    });
    new TaskFailures(this, 'failures', {
      place: environment,
      clusterArn,
      families: [migrate.family, rotate.family],
      logDays: environment.service.logDays,
    });

    // What it takes to run the tasks: by a release, or by hand.
    this.tell({
      migrate_command: runTaskCommand({
        place: environment,
        clusterName: network.clusterName,
        taskDefinition: migrate.arn,
        subnetIds,
        securityGroupIds,
      }),
      cluster: network.clusterName,
      migrate_task_definition: migrate.arn,
      rotate_task_definition: rotate.arn,
      psql_task_definition: this.addConsole(environment, image.uri, upstream),
      task_subnet_ids: subnetIds,
      task_security_group_ids: securityGroupIds,
      log_group: logGroupName,
    });
  }

  private addConsole(
    environment: Environment,
    image: string,
    { network, database }: MigrationUpstream,
  ): string {
    const log = network.consoleLog;
    return new ConsoleTask(this, 'psql', { environment, image, database, log }).arn;
  }

  private addTasks(
    environment: Environment,
    { image, database }: { readonly image: string; readonly database: DatabaseStack },
  ) {
    const log = new CloudwatchLogGroup(this, 'log', {
      name: `/${environment.prefix}/migration`,
      retentionInDays: environment.service.logDays,
    });
    const { arn: executionRoleArn } = new ExecutionRole(this, 'execution-role', {
      place: environment,
      name: 'migration-execution',
      logGroupArn: log.arn,
    });
    const logGroupName = log.name;
    const same = { environment, image, database, executionRoleArn, logGroupName };
    const migrate = new OneOffTask(this, 'migrate', {
      ...same,
      command: 'migrate',
      taskRoleArn: database.migrationRoleArn,
    });
    const rotate = new OneOffTask(this, 'rotate', {
      ...same,
      command: 'rotate',
      taskRoleArn: database.rotationRoleArn,
    });
    return { migrate, rotate, executionRoleArn, logGroupName };
  }

  /** What the tasks wear: their own group out to AWS, and the groups that let them in elsewhere. */
  private addSecurityGroup({ network, database }: MigrationUpstream): string[] {
    const { endpointClientId, s3PrefixListId } = network;
    const { id } = new SecurityGroup(this, 'task-group', {
      place: this.place,
      name: 'migration-task',
      description: 'Tasks of migration and rotation',
      vpcId: network.vpcId,
    });
    const everywhere = endpointClientId === undefined;
    new AllowHttpsOut(this, 'https', {
      from: id,
      to: everywhere ? { cidrIpv4: '0.0.0.0/0' } : { prefixListId: s3PrefixListId },
      description: everywhere ? 'AWS: image, secrets, logs' : 'Layers of the image',
    });
    return [id, database.clientGroupId, ...(everywhere ? [] : [endpointClientId])];
  }

  private tell(outputs: Readonly<Record<string, string | readonly string[]>>): void {
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(this, name, { value });
  }
}
