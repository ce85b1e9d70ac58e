/** One fault for each rule, all in one store that is right otherwise. */
import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js';
import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { type App, TerraformStack } from 'cdktf';
import { policyDocument } from '../constructs/policy-document.ts';
import { FAULTS_OF_STACKS } from './faults-of-stacks.ts';
import { at, change, changeContainer, type Fault, type Plant } from './planting.ts';

const INSTANCE = 'staging-database/postgres/instance';
const ROTATE = 'staging-migration/rotate/definition';
const MIGRATE = 'staging-migration/migrate/definition';
export const SCHEDULE = 'staging-migration/rotation/schedule';
const SERVICE = 'staging-service/service/service';
const HTTPS = 'staging-service/door/https';
const BUCKET_POLICY = 'staging-service/door/access-logs/bucket/policy';
const SERVER_GROUP = 'staging-database/postgres/server-group/group';
const DEFAULT_GROUP = 'staging-network/vpc/default-security-group';

const anyAction = policyDocument({ actions: ['sqs:*'], resources: ['arn:aws:sqs:x:1:y'] });
const everybody = policyDocument({ principals: '*', actions: ['sqs:SendMessage'] });
const toPostgres = { securityGroupId: 'sg', ipProtocol: 'tcp', fromPort: 5432, toPort: 5432 };

/** What is planted where, and part of what is said. All of them at once, each said for itself. */
export const FAULTS: readonly Fault[] = [
  ...FAULTS_OF_STACKS,
  // Data
  [
    'encrypted-at-rest',
    INSTANCE,
    change(INSTANCE, 'storage_encrypted', false),
    'write storageEncrypted: true and kmsKeyId',
  ],
  [
    'renewed-keys',
    'staging-database/key/key',
    change('staging-database/key/key', 'enable_key_rotation', false),
    'set enableKeyRotation: true',
  ],
  [
    'protected-data',
    INSTANCE,
    change(INSTANCE, 'deletion_protection', false),
    'set deletionProtection: true',
  ],
  [
    'no-secrets',
    MIGRATE,
    changeContainer(MIGRATE, { environment: [{ name: 'PAYMENT_API_KEY', value: 'live' }] }),
    'put it into Secrets Manager',
  ],
  [
    'kept-logs',
    'staging-service/task/logs',
    change('staging-service/task/logs', 'retention_in_days', 0),
    'set retentionInDays to a number of days',
  ],
  // Doors
  [
    'nothing-public',
    SERVICE,
    change(SERVICE, 'network_configuration.assign_public_ip', true),
    'set assignPublicIp: false',
  ],
  [
    'tls-door',
    HTTPS,
    change(HTTPS, 'ssl_policy', 'ELBSecurityPolicy-2016-08'),
    'set sslPolicy to one of ELBSecurityPolicy-TLS13-1-2-',
  ],
  [
    'tls-only-buckets',
    BUCKET_POLICY,
    change(BUCKET_POLICY, 'policy', policyDocument()),
    'deny s3:* to * on the bucket and on /* of it',
  ],
  [
    'no-open-ingress',
    'staging-database/in',
    (app) =>
      new VpcSecurityGroupIngressRule(at(app, 'staging-database', TerraformStack), 'in', {
        ...toPostgres,
        cidrIpv4: '10.0.0.0/8',
      }),
    'name a security group or a prefix list',
  ],
  [
    'stated-egress',
    'staging-service/out',
    (app) =>
      new VpcSecurityGroupEgressRule(at(app, 'staging-service', TerraformStack), 'out', {
        ...toPostgres,
        cidrIpv4: '0.0.0.0/0',
      }),
    'name a security group or a prefix list, or TCP 443',
  ],
  [
    'closed-default-group',
    DEFAULT_GROUP,
    change(DEFAULT_GROUP, 'egress', [{ protocol: 'tcp', from_port: 443, to_port: 443 }]),
    'set ingress: [] and egress: []',
  ],
  ['private-tasks', SCHEDULE, addRoute('private-a', 'igw-1'), 'name private subnets'],
  [
    'private-database',
    'staging-database/postgres/subnets',
    addRoute('isolated', 'igw-1'),
    'name isolated subnets',
  ],
  [
    'reachable-hosts',
    SERVICE,
    change('staging-network/nat/route-b', 'destination_cidr_block', '10.99.0.0/16'),
    "could not reach secretsmanager (the database's logins): add a route to a NAT gateway",
  ],
  [
    'reachability',
    'staging-database/to-aws',
    (app) =>
      new VpcSecurityGroupEgressRule(at(app, 'staging-database', TerraformStack), 'to-aws', {
        ...toPostgres,
        securityGroupId: at(app, SERVER_GROUP, SecurityGroup).id,
        prefixListId: 'pl-1',
      }),
    'it only answers, so delete the rule',
  ],
  // Rights
  [
    'named-principals',
    'staging-migration/it',
    (app) =>
      new SqsQueuePolicy(at(app, 'staging-migration', TerraformStack), 'it', {
        queueUrl: 'queue',
        policy: everybody,
      }),
    'name accounts, roles or services as principals',
  ],
  [
    'no-wildcards',
    'staging-service/task/role/policy',
    change('staging-service/task/role/policy', 'policy', anyAction),
    'allows sqs:*: name each action that it needs',
  ],
  ['separate-roles', ROTATE, shareRole, 'make one for each purpose'],
  // What runs
  [
    'hardened-tasks',
    MIGRATE,
    changeContainer(MIGRATE, { readonlyRootFilesystem: false }),
    'set readonlyRootFilesystem: true',
  ],
  [
    'immutable-images',
    MIGRATE,
    changeContainer(MIGRATE, { image: 'store:latest' }),
    'name it by @sha256:',
  ],
  [
    'guarded-rollouts',
    SERVICE,
    change(SERVICE, 'deployment_circuit_breaker.rollback', false),
    'set deploymentCircuitBreaker: { enable: true, rollback: true }',
  ],
  [
    'destroy-order',
    SCHEDULE,
    forgetOrder,
    'without staging-migration/rotation/role/policy when it is destroyed: add it to dependsOn',
  ],
  ['tagged', INSTANCE, change(INSTANCE, 'tags', { Owner: 'me' }), 'leave that to the defaultTags'],
];

function addRoute(table: string, gatewayId: string): Plant {
  return (app) => {
    const { id: routeTableId } = at(app, `staging-network/vpc/${table}-routes`, RouteTable);
    const destinationCidrBlock = '0.0.0.0/0';
    const route = { routeTableId, destinationCidrBlock, gatewayId };
    new Route(at(app, 'staging-network', TerraformStack), `to-the-world-from-${table}`, route);
  };
}

function shareRole(app: App): void {
  const definition = at(app, ROTATE, EcsTaskDefinition);
  definition.taskRoleArn = definition.executionRoleArnInput ?? '';
}

export function forgetOrder(app: App): void {
  at(app, SCHEDULE, SchedulerSchedule).dependsOn = [];
}
