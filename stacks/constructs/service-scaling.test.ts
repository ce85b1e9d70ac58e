import { Testing } from 'cdktf';
import type { someTable } from '../testing/some-table.ts';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf } from '../testing/synthesise.ts';
import { ReleasedImage } from './released-image.ts';
import { ServiceScaling } from './service-scaling.ts';

function scalingOf(name: keyof typeof someTable) {
  const environment = anEnvironment(name);
  const synthesised = Testing.synthScope((scope) => {
    new ServiceScaling(scope, 'scaling', {
      environment,
      image: new ReleasedImage(scope, 'image', environment),
      clusterName: 'cluster',
      serviceName: 'service',
      requestCountLabel: 'app/store/1/targetgroup/tasks/2',
    });
  });
  return JSON.parse(synthesised);
}

const onceReleased = (value: number) =>
  expect.stringMatching(
    new RegExp(String.raw`^\$\{\(data\.aws_ssm_parameter\..* == "none"\) \? 0 : ${value}\}$`),
  );

test.each([
  ['dev', 1, 2],
  ['staging', 2, 4],
  ['prod', 2, 10],
] as const)('%s has %i to %i tasks, and none before the first release', (name, least, most) => {
  expect(resourcesOf(scalingOf(name), 'aws_appautoscaling_target')).toEqual([
    {
      service_namespace: 'ecs',
      scalable_dimension: 'ecs:service:DesiredCount',
      resource_id: 'service/cluster/service',
      min_capacity: onceReleased(least),
      max_capacity: onceReleased(most),
    },
  ]);
});

test('more tasks come soon, and go slowly, by CPU, memory and requests', () => {
  const policies = resourcesOf(scalingOf('dev'), 'aws_appautoscaling_policy');

  const cooldowns = { scale_out_cooldown: 60, scale_in_cooldown: 300 };
  const tracking = policies.map((policy) => [
    policy['name'],
    policy['policy_type'],
    policy['target_tracking_scaling_policy_configuration'],
  ]);
  expect(tracking).toEqual([
    [
      'fargate-store-dev-cpu',
      'TargetTrackingScaling',
      {
        target_value: 70,
        predefined_metric_specification: {
          predefined_metric_type: 'ECSServiceAverageCPUUtilization',
        },
        ...cooldowns,
      },
    ],
    [
      'fargate-store-dev-memory',
      'TargetTrackingScaling',
      {
        target_value: 70,
        predefined_metric_specification: {
          predefined_metric_type: 'ECSServiceAverageMemoryUtilization',
        },
        ...cooldowns,
      },
    ],
    [
      'fargate-store-dev-requests',
      'TargetTrackingScaling',
      {
        target_value: 3000,
        predefined_metric_specification: {
          predefined_metric_type: 'ALBRequestCountPerTarget',
          resource_label: 'app/store/1/targetgroup/tasks/2',
        },
        ...cooldowns,
      },
    ],
  ]);
});

test('the policies wait until the service can be scaled', () => {
  const policies = resourcesOf(scalingOf('dev'), 'aws_appautoscaling_policy');

  for (const policy of policies) {
    expect(policy['resource_id']).toMatch(/^\$\{aws_appautoscaling_target\..*\.resource_id\}$/);
  }
});
