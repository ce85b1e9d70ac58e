import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf } from '../testing/synthesise.ts';
import { TargetGroup } from './target-group.ts';

const synthesised = Testing.synthScope(
  (scope) => new TargetGroup(scope, 'group', { place: anEnvironment(), vpcId: 'vpc-1' }),
);

test('sends requests to the tasks of the service', () => {
  expect(synthesised).toHaveResourceWithProperties(LbTargetGroup, {
    vpc_id: 'vpc-1',
    target_type: 'ip',
    protocol: 'HTTP',
    port: 3000,
    load_balancing_algorithm_type: 'least_outstanding_requests',
  });
});

test('trusts a task after three good answers, and no more after three bad ones', () => {
  expect(synthesised).toHaveResourceWithProperties(LbTargetGroup, {
    health_check: {
      path: '/health',
      protocol: 'HTTP',
      matcher: '200',
      interval: 10,
      timeout: 5,
      healthy_threshold: 3,
      unhealthy_threshold: 3,
    },
  });
});

test('gives a task that goes away 30 s for its last requests', () => {
  expect(synthesised).toHaveResourceWithProperties(LbTargetGroup, { deregistration_delay: '30' });
});

test('can be replaced while it is in use', () => {
  expect(synthesised).toHaveResourceWithProperties(LbTargetGroup, {
    name_prefix: 'tasks-',
    lifecycle: { create_before_destroy: true },
  });
  const [group] = resourcesOf(JSON.parse(synthesised), 'aws_lb_target_group');
  expect(group).not.toHaveProperty('name');
});
