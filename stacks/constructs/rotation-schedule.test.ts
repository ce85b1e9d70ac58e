import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule/index.js';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf, type Synthesised } from '../testing/synthesise.ts';
import { RotationSchedule } from './rotation-schedule.ts';

const CLUSTER = 'arn:aws:ecs:eu-central-1:123456789012:cluster/fargate-store-dev';
const FAMILY = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/fargate-store-dev-rotate';

function schedule(rotationDays = 30, state: 'ENABLED' | 'DISABLED' = 'ENABLED'): string {
  const { database } = anEnvironment();
  const props = {
    environment: anEnvironment('dev', { database: { ...database, rotationDays } }),
    state,
    clusterArn: CLUSTER,
    family: 'fargate-store-dev-rotate',
    taskRoleArns: ['arn:task-role', 'arn:execution-role'],
    subnetIds: ['subnet-a', 'subnet-b'],
    securityGroupIds: ['sg-task', 'sg-client'],
  };
  return Testing.synthScope((scope) => new RotationSchedule(scope, 'rotation', props));
}

test.each([
  { days: 1, expression: 'rate(1 day)' },
  { days: 2, expression: 'rate(2 days)' },
  { days: 30, expression: 'rate(30 days)' },
])('every $days days is $expression', ({ days, expression }) => {
  expect(schedule(days)).toHaveResourceWithProperties(SchedulerSchedule, {
    schedule_expression: expression,
    flexible_time_window: { mode: 'FLEXIBLE', maximum_window_in_minutes: 60 },
  });
});

test('it runs only when it is told to', () => {
  expect(schedule(30, 'DISABLED')).toHaveResourceWithProperties(SchedulerSchedule, {
    name: 'fargate-store-dev-rotation',
    state: 'DISABLED',
  });
});

test('a release leaves it alone: it names the task without its revision', () => {
  expect(schedule()).toHaveResourceWithProperties(SchedulerSchedule, {
    target: expect.objectContaining({
      arn: CLUSTER,
      ecs_parameters: expect.objectContaining({ task_definition_arn: FAMILY }),
    }),
  });
});

test('its task is one, on Fargate, in the given subnets and groups, without a public address', () => {
  expect(schedule()).toHaveResourceWithProperties(SchedulerSchedule, {
    target: expect.objectContaining({
      ecs_parameters: expect.objectContaining({
        launch_type: 'FARGATE',
        task_count: 1,
        network_configuration: {
          subnets: ['subnet-a', 'subnet-b'],
          security_groups: ['sg-task', 'sg-client'],
          assign_public_ip: false,
        },
      }),
    }),
  });
});

test('what cannot be started after an hour of trying is kept for two weeks', () => {
  const synthesised = schedule();

  expect(synthesised).toHaveResourceWithProperties(SchedulerSchedule, {
    target: expect.objectContaining({
      retry_policy: { maximum_retry_attempts: 3, maximum_event_age_in_seconds: 3600 },
      dead_letter_config: { arn: expect.stringMatching(/aws_sqs_queue\..*dead-letters/) },
    }),
  });
  expect(synthesised).toHaveResourceWithProperties(SqsQueue, {
    name: 'fargate-store-dev-rotation-dead-letters',
    message_retention_seconds: 14 * 24 * 60 * 60,
    sqs_managed_sse_enabled: true,
  });
});

test('its role runs this task in this cluster with these roles, and can do no more', () => {
  const synthesised = JSON.parse(schedule()) as Synthesised;
  const [policy] = resourcesOf(synthesised, 'aws_iam_role_policy');
  const [role] = resourcesOf(synthesised, 'aws_iam_role');

  expect(role?.['assume_role_policy']).toContain('"Service":"scheduler.amazonaws.com"');
  expect(JSON.parse(String(policy?.['policy']))).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['ecs:RunTask'],
        Resource: [`${FAMILY}:*`],
        Condition: { ArnEquals: { 'ecs:cluster': CLUSTER } },
      },
      {
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: ['arn:task-role', 'arn:execution-role'],
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
      {
        Effect: 'Allow',
        Action: ['sqs:SendMessage'],
        Resource: [expect.stringMatching(/aws_sqs_queue\..*dead-letters/)],
      },
    ],
  });
});
