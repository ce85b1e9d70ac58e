/** On what an environment's pipelines may use an action: by name or path wherever AWS can. */
import { PROJECT } from '../../contract.ts';
import { roleArns } from '../constructs/boundary.ts';
import type { Statement } from '../constructs/policy-document.ts';
import { arnsIn, databaseArns, logGroupArns, secretArns } from '../constructs/resource-patterns.ts';
import type { Environment } from '../place.ts';
import { hasNoResource } from '../policies/without-resources.ts';
import { type Scope, SPECIAL } from './special-scopes.ts';

/** One statement for all actions of the same scope; what is nowhere in this environment is left out. */
export function allow(environment: Environment, actions: readonly string[]): Statement[] {
  const scoped = actions.flatMap((action) =>
    scopesOf(action, environment).map((scope) => ({ action, scope })),
  );
  return [...Map.groupBy(scoped, ({ scope }) => JSON.stringify(scope)).values()].flatMap((group) =>
    group.slice(0, 1).flatMap(({ scope }): Statement[] => {
      if (scope.resources.length === 0) return [];
      return [{ actions: group.map(({ action }) => action), ...scope }];
    }),
  );
}

function scopesOf(action: string, environment: Environment): readonly Scope[] {
  const special = SPECIAL[action];
  if (special !== undefined) return special(environment);
  if (hasNoResource(action)) {
    const conditions = { StringEquals: { 'aws:RequestedRegion': environment.region } };
    return [{ resources: ['*'], conditions }];
  }
  const [service = ''] = action.split(':');
  const resources = RESOURCES[service];
  if (resources === undefined) {
    throw new Error(
      `${action}: say in stacks/pipelines/scopes.ts what an environment has of ${service}`,
    );
  }
  return [{ resources: resources(environment) }];
}

const RESOURCES: Readonly<Record<string, (environment: Environment) => readonly string[]>> = {
  acm: (environment) => arnsIn(environment, 'acm', ['certificate/*']),
  'application-autoscaling': (environment) =>
    arnsIn(environment, 'application-autoscaling', ['scalable-target/*']),
  cloudwatch: (environment) =>
    arnsIn(environment, 'cloudwatch', [`alarm:TargetTracking-service/${environment.prefix}/*`]),
  'cognito-idp': (environment) => arnsIn(environment, 'cognito-idp', ['userpool/*']),
  ec2: (environment) => [
    ...arnsIn(environment, 'ec2', EC2_KINDS),
    `arn:aws:ec2:${environment.region}:aws:prefix-list/*`,
  ],
  ecr: (environment) => arnsIn(environment, 'ecr', [`repository/${PROJECT}`]),
  ecs: (environment) => {
    const { prefix } = environment;
    const kinds = [`cluster/${prefix}`, `service/${prefix}/*`, `task/${prefix}/*`];
    return arnsIn(environment, 'ecs', [...kinds, `task-definition/${prefix}-*`]);
  },
  elasticloadbalancing: (environment) => {
    const kinds = ['loadbalancer', 'listener', 'listener-rule'];
    const named = kinds.map((kind) => `${kind}/app/${environment.prefix}/*`);
    return arnsIn(environment, 'elasticloadbalancing', [...named, 'targetgroup/tasks-*']);
  },
  events: (environment) => arnsIn(environment, 'events', [`rule/${environment.prefix}-*`]),
  iam: (environment) => [roleArns(environment)],
  kms: (environment) => arnsIn(environment, 'kms', ['key/*', `alias/${environment.prefix}-*`]),
  logs: logGroupArns,
  rds: (environment) => {
    const { prefix } = environment;
    const kinds = ['pg', 'snapshot', 'subgrp'].map((kind) => `${kind}:${prefix}-*`);
    return [
      ...databaseArns(environment),
      ...arnsIn(environment, 'rds', [...kinds, 'og:default:*']),
    ];
  },
  'resource-groups': (environment) =>
    arnsIn(environment, 'resource-groups', [`group/${environment.prefix}`]),
  route53: ({ door: { address } }) =>
    'zoneId' in address
      ? [`arn:aws:route53:::hostedzone/${address.zoneId}`, 'arn:aws:route53:::change/*']
      : [],
  s3: ({ prefix, accountId, region }) => {
    const bucket = `arn:aws:s3:::${prefix}-logs-${accountId}-${region}`;
    return [bucket, `${bucket}/*`];
  },
  scheduler: (environment) =>
    arnsIn(environment, 'scheduler', [`schedule/default/${environment.prefix}-*`]),
  secretsmanager: secretArns,
  sqs: (environment) => arnsIn(environment, 'sqs', [`${environment.prefix}-*`]),
  ssm: (environment) => arnsIn(environment, 'ssm', [`parameter/${PROJECT}/${environment.label}/*`]),
  wafv2: (environment) => [
    ...arnsIn(environment, 'wafv2', [
      `regional/webacl/${environment.prefix}/*`,
      // Which AWS's own rules are used.
      'regional/managedruleset/*',
    ]),
    ...arnsIn(environment, 'elasticloadbalancing', [`loadbalancer/app/${environment.prefix}/*`]),
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
