import { EcsClusterCapacityProviders } from '@cdktf/provider-aws/lib/ecs-cluster-capacity-providers/index.js';
import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import { Construct } from 'constructs';
import type { Place } from '../place.ts';

/** Where tasks run: Fargate, at the usual price or on Spot, with Container Insights. */
export class Cluster extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, place: Place) {
    super(scope, id);
    const cluster = new EcsCluster(this, 'cluster', {
      name: place.prefix,
      // Metrics of cluster, services and tasks; not `enhanced`, which adds each container's, paid too.
      setting: [{ name: 'containerInsights', value: 'enabled' }],
    });
    new EcsClusterCapacityProviders(this, 'capacity-providers', {
      clusterName: cluster.name,
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      // Who says nothing gets tasks that AWS does not take back.
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
    });
    this.arn = cluster.arn;
    this.name = cluster.name;
  }
}
