import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { Testing } from 'cdktf';
import { Construct } from 'constructs';
import type { someTable } from '../testing/some-table.ts';
import type { Settings } from '../settings.ts';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf } from '../testing/synthesise.ts';
import { FargateService } from './fargate-service.ts';
import { ReleasedImage } from './released-image.ts';

/** Something with a resource in it, and what each of the three says of itself. */
function aPart<Facts extends object>(scope: Construct, id: string, facts: Facts) {
  const part = Object.assign(new Construct(scope, id), facts);
  new SecurityGroup(part, 'resource', {});
  return part;
}

function serviceOf(name: keyof typeof someTable, service: Partial<Settings['service']> = {}) {
  const settings = anEnvironment(name);
  const environment = anEnvironment(name, { service: { ...settings.service, ...service } });
  return Testing.synthScope((scope) => {
    new FargateService(scope, 'service', {
      environment,
      image: new ReleasedImage(scope, 'image', environment),
      network: {
        clusterArn: 'arn:cluster',
        clusterName: 'cluster',
        privateSubnetIds: ['subnet-a', 'subnet-b'],
      },
      door: aPart(scope, 'door', {
        url: 'https://store.example.com',
        targetGroupArn: 'arn:target-group',
        groupId: 'sg-door',
        requestCountLabel: 'app/store/1/targetgroup/tasks/2',
        proxyHops: 1,
      }),
      task: aPart(scope, 'task', { definitionArn: 'arn:definition', logGroupName: '/service' }),
      group: aPart(scope, 'group', { worn: ['sg-task', 'sg-database-client'] }),
    });
  });
}

const dev = serviceOf('dev');
const released = (yes: string, no: string) =>
  new RegExp(
    String.raw`^\$\{\(data\.aws_ssm_parameter\.[^.]+\.insecure_value == "none"\) \? ${no} : ${yes}\}$`,
  );
const ecsService = (synthesised: string) =>
  resourcesOf(JSON.parse(synthesised), 'aws_ecs_service')[0] ?? {};

test('runs in private subnets, without addresses of the internet and without shells', () => {
  expect(dev).toHaveResourceWithProperties(EcsService, {
    name: 'fargate-store-dev-service',
    cluster: 'arn:cluster',
    task_definition: 'arn:definition',
    platform_version: '1.4.0',
    network_configuration: {
      subnets: ['subnet-a', 'subnet-b'],
      security_groups: ['sg-task', 'sg-database-client'],
      assign_public_ip: false,
    },
    load_balancer: [
      { target_group_arn: 'arn:target-group', container_name: 'store', container_port: 3000 },
    ],
    enable_execute_command: false,
    enable_ecs_managed_tags: true,
    propagate_tags: 'SERVICE',
  });
});

test('before the first release it wants no tasks and waits for none', () => {
  expect(ecsService(dev)).toMatchObject({
    desired_count: expect.stringMatching(released('1', '0')),
    wait_for_steady_state: expect.stringMatching(released('true', 'false')),
  });
  expect(ecsService(serviceOf('prod'))).toMatchObject({
    desired_count: expect.stringMatching(released('2', '0')),
  });
});

test('a deployment puts nothing back but what people set: scaling decides the number of tasks', () => {
  expect(ecsService(dev)['lifecycle']).toMatchObject({ ignore_changes: ['desired_count'] });
});

test('an apply after which ECS went back to the old revision fails', () => {
  const { postcondition } = ecsService(dev)['lifecycle'] as {
    postcondition: { condition: string; error_message: string }[];
  };

  expect(postcondition).toMatchObject([
    {
      condition: '${(self.task_definition == "arn:definition")}',
      error_message: expect.stringContaining('went back') as string,
    },
  ]);
});

test('new tasks come beside the old ones, and go when they do not start', () => {
  expect(dev).toHaveResourceWithProperties(EcsService, {
    deployment_minimum_healthy_percent: 100,
    deployment_maximum_percent: 200,
    deployment_circuit_breaker: { enable: true, rollback: true },
    availability_zone_rebalancing: 'ENABLED',
    health_check_grace_period_seconds: 90,
    timeouts: { create: '15m', update: '15m', delete: '15m' },
  });
});

test.each([
  [0, [{ capacity_provider: 'FARGATE', weight: 1 }]],
  [
    30,
    [
      { capacity_provider: 'FARGATE', base: 1, weight: 70 },
      { capacity_provider: 'FARGATE_SPOT', weight: 30 },
    ],
  ],
  [100, [{ capacity_provider: 'FARGATE_SPOT', weight: 1 }]],
])('%i %% of the tasks are on Spot', (spotPercent, strategy) => {
  expect(ecsService(serviceOf('dev', { spotPercent }))['capacity_provider_strategy']).toEqual(
    strategy,
  );
});

test('another share of Spot is a deployment, not another service', () => {
  expect(dev).toHaveResourceWithProperties(EcsService, { force_new_deployment: true });
});

test('door, task and group are there before it and go after it, whatever is in them', () => {
  const needed = ['door', 'task', 'group'].map((part) =>
    expect.stringMatching(new RegExp(`^aws_security_group\\.${part}_resource`)),
  );

  expect(ecsService(dev)['depends_on']).toEqual(needed);
});
