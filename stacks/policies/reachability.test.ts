import { Instance } from '@cdktf/provider-aws/lib/instance/index.js';
import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import { SecurityGroupRule } from '@cdktf/provider-aws/lib/security-group-rule/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { SERVICE_PORT } from '../../contract.ts';
import {
  CLIENT,
  DOOR,
  type Fault,
  Planted,
  plantedTogether,
  SERVER,
  TASK,
  withEndpoints,
} from '../reachability/testing/planted.ts';
import { addEnvironment } from '../store.ts';
import { anEnvironment } from '../testing/places.ts';

const tcp = (port: number) => ({ ipProtocol: 'tcp', fromPort: port, toPort: port });

test.each([
  ['dev', anEnvironment()],
  ['prod', anEnvironment('prod')],
  ['an environment without the internet', withEndpoints],
])('%s as it is written is kept', (_, environment) => {
  const store = new Planted();
  addEnvironment(store.app, environment);

  expect(store.refusals()).toEqual([]);
});

test('environments are judged each by itself', () => {
  const store = new Planted();
  for (const name of ['dev', 'prod'] as const) addEnvironment(store.app, anEnvironment(name));

  expect(store.refusals()).toEqual([]);
});

const faults: readonly Fault[] = [
  [
    "a range that the database's group lets in",
    (store) =>
      new VpcSecurityGroupIngressRule(store.stack('database'), 'range', {
        securityGroupId: store.id(SERVER),
        cidrIpv4: '10.0.0.0/8',
        ...tcp(5432),
      }),
    '[dev-database/range] lets everything in 10.0.0.0/8 come to database on tcp 5432: name the security group of those who may (policy reachability)',
  ],
  [
    'the same in the older words',
    (store) =>
      new SecurityGroupRule(store.stack('database'), 'older-words', {
        securityGroupId: store.id(SERVER),
        type: 'ingress',
        protocol: 'tcp',
        fromPort: 5432,
        toPort: 5432,
        cidrBlocks: ['10.10.0.0/16'],
      }),
    '[dev-database/older-words] lets everything in 10.10.0.0/16 come to database on tcp 5432',
  ],
  [
    "an instance with the door's group",
    (store) =>
      new Instance(store.stack('service'), 'instance', {
        subnetId: store.id('dev-network/vpc/public-a'),
        vpcSecurityGroupIds: [store.id(DOOR)],
        associatePublicIpAddress: true,
      }),
    `[dev-service/instance] instance dev-service/instance can reach service on tcp ${SERVICE_PORT}`,
    '[dev-service/instance] internet can reach instance dev-service/instance on tcp 80 (by dev-service/door/ipv4-80, dev-service/door/ipv6-80): from there only the front door is reached',
  ],
  [
    "a second load balancer with the door's group",
    (store) =>
      new Lb(store.stack('service'), 'second', {
        securityGroups: [store.id(DOOR)],
        subnets: [store.id('dev-network/vpc/public-a')],
      }),
    `[dev-service/second] load balancer dev-service/second can reach service on tcp ${SERVICE_PORT}`,
    '[dev-service/second] internet can reach load balancer dev-service/second on tcp 80',
  ],
  [
    "a route to the internet from the database's subnets",
    (store) =>
      new Route(store.stack('network'), 'route', {
        routeTableId: store.id('dev-network/vpc/isolated-routes'),
        destinationCidrBlock: '0.0.0.0/0',
        gatewayId: store.id('dev-network/vpc/internet-gateway'),
      }),
    '[dev-network/route] leads from the subnets of database to the internet: delete the route',
  ],
  [
    'a way out for the database',
    (store) =>
      new VpcSecurityGroupEgressRule(store.stack('database'), 'answer', {
        securityGroupId: store.id(SERVER),
        referencedSecurityGroupId: store.id(CLIENT),
        ...tcp(443),
      }),
    '[dev-database/answer] lets database go to dev-database/postgres/client-group/group on tcp 443: it only answers, so delete the rule',
  ],
  [
    'a second port of the door',
    (store) =>
      new VpcSecurityGroupIngressRule(store.stack('service'), 'port', {
        securityGroupId: store.id(DOOR),
        cidrIpv4: '0.0.0.0/0',
        ...tcp(8080),
      }),
    '[dev-service/port] internet can reach door on tcp 8080 (by dev-service/port): it is reached on tcp 443 and 80 only; delete what this rule allows',
  ],
  [
    'tasks that call each other',
    (store) => {
      const group = { securityGroupId: store.id(TASK) };
      const peer = { referencedSecurityGroupId: store.id(TASK), ...tcp(SERVICE_PORT) };
      new VpcSecurityGroupEgressRule(store.stack('service'), 'out', { ...group, ...peer });
      new VpcSecurityGroupIngressRule(store.stack('service'), 'in', { ...group, ...peer });
    },
    `[dev-service/in] service can reach service on tcp ${SERVICE_PORT} (by dev-service/out, dev-service/in): it is reached by the door`,
  ],
];

test.each(plantedTogether(faults))('$name is refused', ({ expected, refusals }) => {
  for (const sentence of expected) {
    expect(refusals).toContainEqual(expect.stringContaining(sentence));
  }
});
