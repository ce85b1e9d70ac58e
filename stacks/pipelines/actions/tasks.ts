import type { TerraformTypes } from './terraform-type.ts';

const ECS_TAGS = ['ecs:ListTagsForResource', 'ecs:TagResource', 'ecs:UntagResource'];
const CLUSTER = ['ecs:DescribeClusters'];

export const TASKS = {
  aws_ecs_cluster: {
    read: CLUSTER,
    write: [
      'ecs:CreateCluster',
      'ecs:DeleteCluster',
      'ecs:UpdateCluster',
      'ecs:UpdateClusterSettings',
      'iam:CreateServiceLinkedRole',
      ...ECS_TAGS,
    ],
  },
  aws_ecs_cluster_capacity_providers: {
    read: CLUSTER,
    write: ['ecs:PutClusterCapacityProviders'],
  },
  aws_ecs_task_definition: {
    read: ['ecs:DescribeTaskDefinition'],
    write: [
      'ecs:DeregisterTaskDefinition',
      'ecs:RegisterTaskDefinition',
      'iam:PassRole',
      ...ECS_TAGS,
    ],
  },
  aws_ecs_service: {
    read: ['ecs:DescribeServices'],
    write: ['ecs:CreateService', 'ecs:DeleteService', 'ecs:UpdateService', ...ECS_TAGS],
  },
  aws_appautoscaling_target: {
    read: [
      'application-autoscaling:DescribeScalableTargets',
      'application-autoscaling:ListTagsForResource',
    ],
    write: [
      'application-autoscaling:DeregisterScalableTarget',
      'application-autoscaling:RegisterScalableTarget',
      'application-autoscaling:TagResource',
      'application-autoscaling:UntagResource',
      'iam:CreateServiceLinkedRole',
    ],
  },
  aws_appautoscaling_policy: {
    read: ['application-autoscaling:DescribeScalingPolicies'],
    write: [
      'application-autoscaling:DeleteScalingPolicy',
      'application-autoscaling:PutScalingPolicy',
      // The policy's alarms are made as whoever makes the policy.
      'cloudwatch:DeleteAlarms',
      'cloudwatch:DescribeAlarms',
      'cloudwatch:PutMetricAlarm',
    ],
  },
  aws_scheduler_schedule: {
    read: ['scheduler:GetSchedule'],
    write: [
      'iam:PassRole',
      'scheduler:CreateSchedule',
      'scheduler:DeleteSchedule',
      'scheduler:UpdateSchedule',
    ],
  },
  aws_sqs_queue: {
    read: ['sqs:GetQueueAttributes', 'sqs:ListQueueTags'],
    write: [
      'sqs:CreateQueue',
      'sqs:DeleteQueue',
      'sqs:SetQueueAttributes',
      'sqs:TagQueue',
      'sqs:UntagQueue',
    ],
  },
  aws_cloudwatch_event_rule: {
    read: ['events:DescribeRule', 'events:ListTagsForResource'],
    write: [
      'events:DeleteRule',
      'events:DisableRule',
      'events:EnableRule',
      'events:PutRule',
      'events:TagResource',
      'events:UntagResource',
    ],
  },
  aws_cloudwatch_event_target: {
    read: ['events:ListTargetsByRule'],
    write: ['events:PutTargets', 'events:RemoveTargets'],
  },
  aws_iam_role: {
    read: ['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
    // Which policies a role may get, and which it must have, is said where the role is made.
    write: [
      'iam:CreateRole',
      'iam:DeleteRole',
      // Whether one that goes is still in use.
      'iam:ListInstanceProfilesForRole',
      'iam:TagRole',
      'iam:UntagRole',
      'iam:UpdateAssumeRolePolicy',
      'iam:UpdateRole',
      'iam:UpdateRoleDescription',
    ],
  },
  aws_iam_role_policy: {
    read: ['iam:GetRolePolicy'],
    write: ['iam:DeleteRolePolicy', 'iam:PutRolePolicy'],
  },
} as const satisfies TerraformTypes;
