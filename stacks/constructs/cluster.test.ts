import { EcsClusterCapacityProviders } from '@cdktf/provider-aws/lib/ecs-cluster-capacity-providers/index.js';
import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { Cluster } from './cluster.ts';

const synthesised = Testing.synthScope((scope) => new Cluster(scope, 'cluster', anEnvironment()));

test('measures tasks with Container Insights', () => {
  expect(synthesised).toHaveResourceWithProperties(EcsCluster, {
    name: 'fargate-store-dev',
    setting: [{ name: 'containerInsights', value: 'enabled' }],
  });
});

test('offers Spot, and takes it only for those who ask', () => {
  expect(synthesised).toHaveResourceWithProperties(EcsClusterCapacityProviders, {
    capacity_providers: ['FARGATE', 'FARGATE_SPOT'],
    default_capacity_provider_strategy: [{ capacity_provider: 'FARGATE', weight: 1 }],
  });
});
