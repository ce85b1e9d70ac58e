/** Actions that a pipeline may use elsewhere than on what its environment has of their service, or only if. */
import { boundaryArn, roleArns } from '../constructs/boundary.ts';
import type { Statement } from '../constructs/policy-document.ts';
import {
  arnsIn,
  inCluster,
  masterSecretArns,
  masterSecretsOf,
  secretArns,
} from '../constructs/resource-patterns.ts';
import type { Environment } from '../place.ts';

export type Scope = Pick<Statement, 'conditions'> & { readonly resources: readonly string[] };

/** Who may be given a role of the environment. */
const ROLE_TAKERS = ['ecs-tasks', 'scheduler', 'vpc-flow-logs'];
/** Services that make a role of their own in each account, with the first thing of their kind. */
const SERVICE_ROLES = [
  'ecs.amazonaws.com',
  'ecs.application-autoscaling.amazonaws.com',
  'elasticloadbalancing.amazonaws.com',
  'rds.amazonaws.com',
  'wafv2.amazonaws.com',
];
/** Cognito's, to send from an address of ours. */
const MAIL_ROLE = 'email.cognito-idp.amazonaws.com';

/** By action; a statement each, where there are several. None of an environment that has nothing of the kind. */
export const SPECIAL: Readonly<Record<string, (environment: Environment) => readonly Scope[]>> = {
  'iam:CreateRole': withBoundary,
  'iam:DeleteRolePolicy': withBoundary,
  'iam:PutRolePolicy': withBoundary,
  'iam:PassRole': (environment) => [
    {
      resources: [roleArns(environment)],
      conditions: {
        StringEquals: {
          'iam:PassedToService': ROLE_TAKERS.map((service) => `${service}.amazonaws.com`),
        },
      },
    },
  ],
  'iam:CreateServiceLinkedRole': ({ accountId, identity: { email } }) => [
    {
      resources: [`arn:aws:iam::${accountId}:role/aws-service-role/*`],
      conditions: {
        StringEquals: {
          'iam:AWSServiceName': [...SERVICE_ROLES, ...(email === undefined ? [] : [MAIL_ROLE])],
        },
      },
    },
  ],
  // RDS makes its login, named after no database yet, as whoever asks it.
  'secretsmanager:CreateSecret': anyMasterSecret,
  'secretsmanager:TagResource': anyMasterSecret,
  'secretsmanager:DescribeSecret': ownMasterSecret,
  'secretsmanager:RotateSecret': ownMasterSecret,
  'secretsmanager:CancelRotateSecret': ownMasterSecret,
  'kms:CreateGrant': throughDatabase,
  'kms:Decrypt': throughDatabase,
  'kms:GenerateDataKey': throughDatabase,
  'route53:ChangeResourceRecordSets': ownNames,
  'route53:AssociateVPCWithHostedZone': () => [{ resources: ['arn:aws:route53:::hostedzone/*'] }],
  // Asked for all alarms, whichever are meant.
  'cloudwatch:DescribeAlarms': (environment) => [
    {
      resources: arnsIn(environment, 'cloudwatch', ['alarm:*']),
    },
  ],
  // Looked for by an id that no ARN has.
  'rds:DescribeDBInstances': (environment) => [{ resources: arnsIn(environment, 'rds', ['db:*']) }],
  'ecs:RunTask': (environment) => [
    {
      resources: arnsIn(environment, 'ecs', [`task-definition/${environment.prefix}-*`]),
      conditions: inCluster(environment),
    },
  ],
  'ecs:ListTasks': (environment) => [{ resources: ['*'], conditions: inCluster(environment) }],
};

function withBoundary(environment: Environment): Scope[] {
  const conditions = { StringEquals: { 'iam:PermissionsBoundary': boundaryArn(environment) } };
  return [{ resources: [roleArns(environment)], conditions }];
}

function throughDatabase(environment: Environment): Scope[] {
  const services = ['rds', 'secretsmanager'];
  const via = services.map((service) => `${service}.${environment.region}.amazonaws.com`);
  const conditions = { StringEquals: { 'kms:ViaService': via } };
  return [{ resources: arnsIn(environment, 'kms', ['key/*']), conditions }];
}

function anyMasterSecret(environment: Environment): Scope[] {
  return [{ resources: [...secretArns(environment), ...masterSecretArns(environment)] }];
}

function ownMasterSecret(environment: Environment): Scope[] {
  return [{ resources: secretArns(environment) }, masterSecretsOf(environment)];
}

/** Its address and the proofs of its certificate: other environments are in the same zone. */
function ownNames({ door: { address } }: Environment): Scope[] {
  if (!('zoneId' in address)) return [];
  const NAMES = 'route53:ChangeResourceRecordSetsNormalizedRecordNames';
  const name = address.domainName.toLowerCase();
  return [
    {
      resources: [`arn:aws:route53:::hostedzone/${address.zoneId}`],
      conditions: {
        'ForAllValues:StringLike': { [NAMES]: [name, `_*.${name}`] },
        // All of no names would be all right.
        Null: { [NAMES]: 'false' },
      },
    },
  ];
}
