import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { EcsClusterCapacityProviders } from '@cdktf/provider-aws/lib/ecs-cluster-capacity-providers/index.js';
import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import { Construct } from 'constructs';
import type { Place } from '../place.ts';

/** Days: long enough to ask who did what, no longer, as it holds what they read, people's addresses too. */
const CONSOLE_LOG_DAYS = 90;

/** Where tasks run: Fargate, at the usual price or on Spot, with Container Insights. */
export class Cluster extends Construct {
  readonly arn: string;
  readonly name: string;
  /** What is done in tasks that people enter; the console writes into it too. */
  readonly consoleLog: { readonly name: string; readonly arn: string };

  constructor(scope: Construct, id: string, place: Place) {
    super(scope, id);
    const log = new CloudwatchLogGroup(this, 'console-log', {
      name: `/${place.prefix}/psql`,
      retentionInDays: CONSOLE_LOG_DAYS,
    });
    const cluster = new EcsCluster(this, 'cluster', {
      name: place.prefix,
      // Metrics of cluster, services and tasks; not `enhanced`, which adds each container's, paid too.
      setting: [{ name: 'containerInsights', value: 'enabled' }],
      configuration: {
        // Also when somebody enters with another command than ours. It is TLS without a key of ours.
        executeCommandConfiguration: {
          logging: 'OVERRIDE',
          logConfiguration: { cloudWatchLogGroupName: log.name },
        },
      },
    });
    new EcsClusterCapacityProviders(this, 'capacity-providers', {
      clusterName: cluster.name,
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      // Who says nothing gets tasks that AWS does not take back.
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
    });
    this.arn = cluster.arn;
    this.name = cluster.name;
    this.consoleLog = { name: log.name, arn: log.arn };
  }
}
