import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
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

test('what is done in tasks that people enter goes to a log that is kept', () => {
  expect(synthesised).toHaveResourceWithProperties(EcsCluster, {
    configuration: {
      execute_command_configuration: {
        logging: 'OVERRIDE',
        log_configuration: { cloud_watch_log_group_name: expect.stringContaining('console-log') },
      },
    },
  });
  expect(synthesised).toHaveResourceWithProperties(CloudwatchLogGroup, {
    name: `/${anEnvironment().prefix}/psql`,
    retention_in_days: 90,
  });
});

test('offers Spot, and takes it only for those who ask', () => {
  expect(synthesised).toHaveResourceWithProperties(EcsClusterCapacityProviders, {
    capacity_providers: ['FARGATE', 'FARGATE_SPOT'],
    default_capacity_provider_strategy: [{ capacity_provider: 'FARGATE', weight: 1 }],
  });
});
