import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy/index.js';
import { Construct } from 'constructs';
import { PROJECT } from '../../contract.ts';
import type { Environment, Place } from '../place.ts';
import { policyDocument, type Statement } from './policy-document.ts';
import { EXEC_ACTIONS } from './exec-actions.ts';
import { repositoryArn } from './repository.ts';
import {
  arnsIn,
  inCluster,
  logGroupArns,
  masterSecretsOf,
  secretArns,
} from './resource-patterns.ts';

/**
 * The most that any role of an environment can do, whatever its own policies say. Who may make
 * roles there must give them this one, so a pipeline cannot make itself an administrator. A stack
 * whose roles need more adds it here; it is applied with the account's registry.
 */
export class Boundary extends Construct {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    new IamPolicy(this, 'policy', {
      name: boundaryName(environment),
      path: rolePath(environment),
      description: `The most that roles of ${environment.prefix} can do`,
      policy: policyDocument(...ofSecrets(environment), ...ofTasks(environment)),
    });
  }
}

/** Where the roles of an environment are: `/fargate-store/dev/`. Their names stay unique without it. */
export function rolePath({ label }: Place): string {
  return `/${PROJECT}/${label}/`;
}

export function roleArns(place: Place): string {
  return `arn:aws:iam::${place.accountId}:role${rolePath(place)}*`;
}

/** By arithmetic: the stacks of an environment read no state of the account's. */
export function boundaryArn(place: Place): string {
  return `arn:aws:iam::${place.accountId}:policy${rolePath(place)}${boundaryName(place)}`;
}

function boundaryName({ prefix }: Place): string {
  return `${prefix}-boundary`;
}

/** Logins and settings. */
function ofSecrets(environment: Environment): Statement[] {
  const { label, region, tags } = environment;
  return [
    {
      actions: [
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      resources: secretArns(environment),
    },
    {
      actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
      ...masterSecretsOf(environment),
    },
    {
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: arnsIn(environment, 'kms', ['key/*']),
      conditions: {
        StringEquals: {
          'kms:ViaService': ['secretsmanager', 'sqs', 'ssm'].map(
            (via) => `${via}.${region}.amazonaws.com`,
          ),
          // Keys have no names of ours.
          'aws:ResourceTag/Environment': tags.Environment,
        },
      },
    },
    {
      actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
      resources: arnsIn(environment, 'ssm', [`parameter/${PROJECT}/${label}/*`]),
    },
  ];
}

/** Starting tasks, what they write, and what is sent on when they cannot start. */
function ofTasks(environment: Environment): Statement[] {
  const { prefix } = environment;
  return [
    {
      actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: logGroupArns(environment),
    },
    {
      actions: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:GetDownloadUrlForLayer',
      ],
      resources: [repositoryArn(environment)],
    },
    // AWS knows no resource for them.
    {
      actions: ['ecr:GetAuthorizationToken', 'logs:DescribeLogGroups', ...EXEC_ACTIONS],
      resources: ['*'],
    },
    {
      actions: ['ecs:RunTask'],
      resources: arnsIn(environment, 'ecs', [`task-definition/${prefix}-*`]),
      conditions: inCluster(environment),
    },
    {
      actions: ['iam:PassRole'],
      resources: [roleArns(environment)],
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
    { actions: ['sqs:SendMessage'], resources: arnsIn(environment, 'sqs', [`${prefix}-*`]) },
  ];
}
