import type { TerraformStack } from 'cdktf';
import { add, refusalOf } from '../testing/refusal.ts';
import { destroyOrder } from './destroy-order.ts';

/** Whatever a service stands on, and the service. */
function refusal(dependsOn: readonly string[]): string {
  return refusalOf(destroyOrder, (stack) => {
    for (const role of ['task', 'start', 'other']) {
      add(stack, 'aws_iam_role', role);
      add(stack, 'aws_iam_role_policy', `${role}-policy`, {
        role: `\${aws_iam_role.${role}.name}`,
      });
    }
    add(stack, 'aws_ecs_task_definition', 'definition', {
      family: 'it',
      task_role_arn: '${aws_iam_role.task.arn}',
      execution_role_arn: '${aws_iam_role.start.arn}',
    });
    addDoor(stack);
    for (const group of ['worn', 'unworn']) {
      add(stack, 'aws_security_group', group);
      const security_group_id = `\${aws_security_group.${group}.id}`;
      add(stack, 'aws_vpc_security_group_egress_rule', `${group}-out`, { security_group_id });
    }
    add(stack, 'aws_ecs_service', 'it', {
      task_definition: '${aws_ecs_task_definition.definition.arn}',
      load_balancer: [{ target_group_arn: '${aws_lb_target_group.tasks.arn}' }],
      network_configuration: { security_groups: ['${aws_security_group.worn.id}'] },
      depends_on: dependsOn,
    });
  });
}

function addDoor(stack: TerraformStack): void {
  add(stack, 'aws_lb_target_group', 'tasks');
  add(stack, 'aws_lb_target_group', 'others');
  for (const group of ['tasks', 'others']) {
    const target_group_arn = `\${aws_lb_target_group.${group}.arn}`;
    add(stack, 'aws_lb_listener', `to-${group}`, { default_action: [{ target_group_arn }] });
  }
}

const NEEDED = [
  'aws_iam_role_policy.task-policy',
  'aws_iam_role_policy.start-policy',
  'aws_lb_listener.to-tasks',
  'aws_vpc_security_group_egress_rule.worn-out',
];

test.each(NEEDED)('refuses a service that would be left without %s', (one) => {
  const said = refusal(NEEDED.filter((other) => other !== one));

  expect(said).toContain(
    `[stack/it] aws_ecs_service would be left without stack/${one.replace(/^.*\./, '')} when it is destroyed: add it to dependsOn`,
  );
  expect(said.match(/left without/g)).toHaveLength(1);
});

test('keeps a service that goes first', () => {
  expect(refusal(NEEDED)).toBe('');
});

test('what is needed by what it needs is enough', () => {
  const said = refusalOf(destroyOrder, (stack) => {
    add(stack, 'aws_iam_role', 'role');
    add(stack, 'aws_iam_role_policy', 'policy', { role: '${aws_iam_role.role.id}' });
    add(stack, 'aws_sqs_queue', 'queue', { depends_on: ['aws_iam_role_policy.policy'] });
    add(stack, 'aws_scheduler_schedule', 'it', {
      target: { role_arn: '${aws_iam_role.role.arn}', arn: '${aws_sqs_queue.queue.arn}' },
    });
  });

  expect(said).toBe('');
});

test('refuses a schedule whose role loses its rights first', () => {
  const said = refusalOf(destroyOrder, (stack) => {
    add(stack, 'aws_iam_role', 'role');
    add(stack, 'aws_iam_role_policy', 'policy', { role: '${aws_iam_role.role.id}' });
    add(stack, 'aws_scheduler_schedule', 'it', {
      target: { role_arn: '${aws_iam_role.role.arn}' },
    });
  });

  expect(said).toContain('[stack/it] aws_scheduler_schedule would be left without stack/policy');
});

test.each([
  ['aws_cloudwatch_log_group', 'aws_cloudwatch_log_resource_policy', 'policy_document'],
  ['aws_sqs_queue', 'aws_sqs_queue_policy', 'queue_url'],
])('refuses an event target that could not write to its %s', (type, policy, argument) => {
  const said = refusalOf(destroyOrder, (stack) => {
    add(stack, type, 'goal');
    add(stack, policy, 'policy', { [argument]: `\${${type}.goal.id}` });
    add(stack, 'aws_cloudwatch_event_target', 'it', { arn: `\${${type}.goal.arn}` });
  });

  expect(said).toContain(
    '[stack/it] aws_cloudwatch_event_target would be left without stack/policy',
  );
});
