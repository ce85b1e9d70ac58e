import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule/index.js';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../place.ts';
import type { Statement } from './policy-document.ts';
import { Role } from './role.ts';

/** Seconds; the most that SQS knows. */
const FOURTEEN_DAYS = 1_209_600;
const ONE_HOUR = 3600;

interface RotationScheduleProps {
  readonly environment: Environment;
  /** While no image was released there is nothing to run. */
  readonly state: 'ENABLED' | 'DISABLED';
  readonly clusterArn: string;
  /** Of the task to run; its newest revision is taken. */
  readonly family: string;
  /** The roles that the task runs with: of itself and of its start. */
  readonly taskRoleArns: readonly string[];
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** Runs the rotation every so many days. What cannot even be started lies in a queue for two weeks. */
export class RotationSchedule extends Construct {
  constructor(scope: Construct, id: string, props: RotationScheduleProps) {
    super(scope, id);
    const { environment, state, clusterArn, subnetIds, securityGroupIds } = props;
    const { prefix, database } = environment;
    // Without the revision: releases leave the schedule alone, so its days are not counted anew.
    const taskDefinitionArn = familyArn(props);
    const deadLetters = new SqsQueue(this, 'dead-letters', {
      name: `${prefix}-rotation-dead-letters`,
      messageRetentionSeconds: FOURTEEN_DAYS,
      sqsManagedSseEnabled: true,
    });
    const role = new Role(this, 'role', {
      place: environment,
      name: 'rotation-schedule',
      description: 'EventBridge Scheduler starts the rotation with it',
      service: 'scheduler.amazonaws.com',
      statements: [
        ...mayRun(props),
        { actions: ['sqs:SendMessage'], resources: [deadLetters.arn] },
      ],
    });
    new SchedulerSchedule(this, 'schedule', {
      name: `${prefix}-rotation`,
      description: "Changes the service's login to the database",
      groupName: 'default',
      scheduleExpression: rate(database.rotationDays),
      state,
      // The hour does not matter: no request fails.
      flexibleTimeWindow: { mode: 'FLEXIBLE', maximumWindowInMinutes: 60 },
      target: {
        arn: clusterArn,
        roleArn: role.arn,
        ecsParameters: {
          taskDefinitionArn,
          launchType: 'FARGATE',
          taskCount: 1,
          networkConfiguration: {
            subnets: [...subnetIds],
            securityGroups: [...securityGroupIds],
            assignPublicIp: false,
          },
        },
        // Of the start. A rotation that fails is told by `TaskFailures` and not repeated: the login
        // in the secret works.
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: ONE_HOUR },
        deadLetterConfig: { arn: deadLetters.arn },
      },
      dependsOn: [role.policy],
    });
  }
}

function familyArn({ environment, family }: RotationScheduleProps): string {
  const { region, accountId } = environment;
  return `arn:aws:ecs:${region}:${accountId}:task-definition/${family}`;
}

function mayRun(props: RotationScheduleProps): Statement[] {
  const { clusterArn, taskRoleArns } = props;
  return [
    {
      actions: ['ecs:RunTask'],
      // ECS asks for the revision that it takes, whether or not one was named.
      resources: [`${familyArn(props)}:*`],
      conditions: { ArnEquals: { 'ecs:cluster': clusterArn } },
    },
    {
      actions: ['iam:PassRole'],
      resources: taskRoleArns,
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
  ];
}

function rate(days: number): string {
  return days === 1 ? 'rate(1 day)' : `rate(${days} days)`;
}
