/** On what an environment's pipelines may use an action: by name or path wherever AWS can. */
import { PROJECT } from '../../contract.ts';
import { boundaryArn, roleArns } from '../constructs/boundary.ts';
import type { Statement } from '../constructs/policy-document.ts';
import { logGroupArns, secretArns } from '../constructs/resource-patterns.ts';
import type { Environment } from '../place.ts';
import { hasNoResource } from '../policies/without-resources.ts';

type Scope = Pick<Statement, 'conditions'> & { readonly resources: readonly string[] };

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

/** One statement for all actions of the same scope; what is nowhere in this environment is left out. */
export function allow(environment: Environment, actions: readonly string[]): Statement[] {
  const scoped = actions.map((action) => ({ action, scope: scopeOf(action, environment) }));
  return [...Map.groupBy(scoped, ({ scope }) => JSON.stringify(scope)).values()].flatMap((group) =>
    group.slice(0, 1).flatMap(({ scope }): Statement[] => {
      if (scope.resources.length === 0) return [];
      return [{ actions: group.map(({ action }) => action), ...scope }];
    }),
  );
}

function scopeOf(action: string, environment: Environment): Scope {
  const special = SPECIAL[action];
  if (special !== undefined) return special(environment);
  if (hasNoResource(action)) {
    return {
      resources: ['*'],
      conditions: { StringEquals: { 'aws:RequestedRegion': environment.region } },
    };
  }
  const [service = ''] = action.split(':');
  const resources = RESOURCES[service];
  if (resources === undefined) {
    throw new Error(
      `${action}: say in stacks/pipelines/scopes.ts what an environment has of ${service}`,
    );
  }
  return { resources: resources(environment) };
}

const RESOURCES: Readonly<Record<string, (environment: Environment) => readonly string[]>> = {
  acm: (environment) => arns(environment, 'acm', ['certificate/*']),
  'application-autoscaling': (environment) =>
    arns(environment, 'application-autoscaling', ['scalable-target/*']),
  cloudwatch: (environment) =>
    arns(environment, 'cloudwatch', [`alarm:TargetTracking-service/${environment.prefix}/*`]),
  'cognito-idp': (environment) => arns(environment, 'cognito-idp', ['userpool/*']),
  ec2: (environment) => [
    ...arns(environment, 'ec2', EC2_KINDS),
    `arn:aws:ec2:${environment.region}:aws:prefix-list/*`,
  ],
  ecr: (environment) => arns(environment, 'ecr', [`repository/${PROJECT}`]),
  ecs: (environment) => {
    const { prefix } = environment;
    const kinds = [`cluster/${prefix}`, `service/${prefix}/*`, `task/${prefix}/*`];
    return arns(environment, 'ecs', [...kinds, `task-definition/${prefix}-*`]);
  },
  elasticloadbalancing: (environment) => {
    const kinds = ['loadbalancer', 'listener', 'listener-rule'];
    const named = kinds.map((kind) => `${kind}/app/${environment.prefix}/*`);
    return arns(environment, 'elasticloadbalancing', [...named, 'targetgroup/tasks-*']);
  },
  events: (environment) => arns(environment, 'events', [`rule/${environment.prefix}-*`]),
  iam: (environment) => [roleArns(environment)],
  kms: (environment) => arns(environment, 'kms', ['key/*', `alias/${environment.prefix}-*`]),
  logs: logGroupArns,
  rds: (environment) => {
    const { prefix } = environment;
    const kinds = ['pg', 'snapshot', 'subgrp'].map((kind) => `${kind}:${prefix}-*`);
    return arns(environment, 'rds', [`db:${prefix}`, ...kinds, 'og:default:*']);
  },
  'resource-groups': (environment) =>
    arns(environment, 'resource-groups', [`group/${environment.prefix}`]),
  route53: ({ door: { address } }) =>
    'zoneId' in address
      ? [`arn:aws:route53:::hostedzone/${address.zoneId}`, 'arn:aws:route53:::change/*']
      : [],
  s3: ({ prefix, accountId, region }) => {
    const bucket = `arn:aws:s3:::${prefix}-logs-${accountId}-${region}`;
    return [bucket, `${bucket}/*`];
  },
  scheduler: (environment) =>
    arns(environment, 'scheduler', [`schedule/default/${environment.prefix}-*`]),
  secretsmanager: secretArns,
  sqs: (environment) => arns(environment, 'sqs', [`${environment.prefix}-*`]),
  ssm: (environment) => arns(environment, 'ssm', [`parameter/${PROJECT}/${environment.label}/*`]),
  wafv2: (environment) => [
    ...arns(environment, 'wafv2', [
      `regional/webacl/${environment.prefix}/*`,
      // Which AWS's own rules are used.
      'regional/managedruleset/*',
    ]),
    ...arns(environment, 'elasticloadbalancing', [`loadbalancer/app/${environment.prefix}/*`]),
  ],
};

/** Their ids are AWS's, so nothing in their ARNs tells environments apart: tags must. */
const EC2_KINDS = [
  'elastic-ip/*',
  'internet-gateway/*',
  'natgateway/*',
  'network-interface/*',
  'route-table/*',
  'security-group-rule/*',
  'security-group/*',
  'subnet/*',
  'vpc-endpoint/*',
  'vpc-flow-log/*',
  'vpc/*',
];

const withBoundary = (environment: Environment): Scope => ({
  resources: [roleArns(environment)],
  conditions: { StringEquals: { 'iam:PermissionsBoundary': boundaryArn(environment) } },
});

const throughDatabase = (environment: Environment): Scope => {
  const services = ['rds', 'secretsmanager'];
  const via = services.map((service) => `${service}.${environment.region}.amazonaws.com`);
  return {
    resources: arns(environment, 'kms', ['key/*']),
    conditions: { StringEquals: { 'kms:ViaService': via } },
  };
};

const SPECIAL: Readonly<Record<string, (environment: Environment) => Scope>> = {
  'iam:CreateRole': withBoundary,
  'iam:DeleteRolePolicy': withBoundary,
  'iam:PutRolePolicy': withBoundary,
  'iam:PassRole': (environment) => ({
    resources: [roleArns(environment)],
    conditions: {
      StringEquals: {
        'iam:PassedToService': ROLE_TAKERS.map((service) => `${service}.amazonaws.com`),
      },
    },
  }),
  'iam:CreateServiceLinkedRole': ({ accountId }) => ({
    resources: [`arn:aws:iam::${accountId}:role/aws-service-role/*`],
    conditions: { StringEquals: { 'iam:AWSServiceName': SERVICE_ROLES } },
  }),
  'kms:CreateGrant': throughDatabase,
  'kms:Decrypt': throughDatabase,
  'kms:GenerateDataKey': throughDatabase,
  'route53:AssociateVPCWithHostedZone': () => ({ resources: ['arn:aws:route53:::hostedzone/*'] }),
  // Looked for by an id that no ARN has.
  'rds:DescribeDBInstances': (environment) => ({ resources: arns(environment, 'rds', ['db:*']) }),
  'ecs:RunTask': (environment) => ({
    resources: arns(environment, 'ecs', [`task-definition/${environment.prefix}-*`]),
    conditions: inCluster(environment),
  }),
  'ecs:ListTasks': (environment) => ({ resources: ['*'], conditions: inCluster(environment) }),
};

function inCluster(environment: Environment) {
  const [cluster = ''] = arns(environment, 'ecs', [`cluster/${environment.prefix}`]);
  return { ArnEquals: { 'ecs:cluster': cluster } };
}

function arns(
  { region, accountId }: Environment,
  service: string,
  resources: readonly string[],
): string[] {
  return resources.map((resource) => `arn:aws:${service}:${region}:${accountId}:${resource}`);
}
