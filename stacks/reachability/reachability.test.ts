import { Instance } from '@cdktf/provider-aws/lib/instance/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Testing } from 'cdktf';
import { SERVICE_PORT } from '../../contract.ts';
import type { Environment } from '../place.ts';
import { addEnvironment } from '../store.ts';
import { anEnvironment } from '../testing/places.ts';
import { Program } from '../written/program.ts';
import { portText } from './ports.ts';
import { reachabilityOf } from './reachability.ts';
import { DOOR, Planted, TASK, withEndpoints } from './testing/planted.ts';
import type { Way } from './ways.ts';

function waysOf(environment: Environment): readonly Way[] {
  const app = Testing.app();
  addEnvironment(app, environment);
  return reachabilityOf(Program.of(app)).ways;
}

function textsOf(ways: readonly Way[]): Set<string> {
  return new Set(
    ways.map(({ from, to, ports }) => `${from.label} > ${to.label}: ${portText(ports)}`),
  );
}

const dev = waysOf(anEnvironment());

const inside = [
  `door > service: tcp ${SERVICE_PORT}`,
  'service > database: tcp 5432',
  'migration, rotation and psql > database: tcp 5432',
];

test('without a domain the door has one port', () => {
  expect(textsOf(dev)).toEqual(
    new Set([
      ...inside,
      'internet > door: tcp 80',
      'service > S3 by endpoint: tcp 443',
      'service > internet by NAT: tcp 443',
      'migration, rotation and psql > S3 by endpoint: tcp 443',
      'migration, rotation and psql > internet by NAT: tcp 443',
    ]),
  );
});

test('with a domain tasks can call the door as anybody can', () => {
  const outside = ['door', 'S3 by endpoint', 'internet by NAT'];

  expect(textsOf(waysOf(anEnvironment('prod')))).toEqual(
    new Set([
      ...inside,
      'internet > door: tcp 80',
      'internet > door: tcp 443',
      ...outside.map((to) => `service > ${to}: tcp 443`),
      ...outside.map((to) => `migration, rotation and psql > ${to}: tcp 443`),
    ]),
  );
});

test('without the internet tasks reach endpoints and S3, and nothing else outside', () => {
  expect(textsOf(waysOf(withEndpoints))).toEqual(
    new Set([
      ...inside,
      'internet > door: tcp 80',
      'service > endpoints: tcp 443',
      'service > S3 by endpoint: tcp 443',
      'migration, rotation and psql > endpoints: tcp 443',
      'migration, rotation and psql > S3 by endpoint: tcp 443',
    ]),
  );
});

test('a way names the rules of both of its sides', () => {
  const way = dev.find(({ to }) => to.kind === 'service');

  expect(way?.by.map(({ at }) => at.resource.path)).toEqual([
    'dev-service/task-group/from-door/out',
    'dev-service/task-group/from-door/in',
  ]);
});

test.each([
  ['out of the door', VpcSecurityGroupEgressRule, { group: DOOR, peer: TASK, port: 22 }],
  [
    'into the migration',
    VpcSecurityGroupIngressRule,
    // The door goes out on this port, but to the service only.
    { group: 'dev-migration/task-group/group', peer: DOOR, port: SERVICE_PORT },
  ],
])('a rule %s whose other side does not agree is a loose end', (_, Rule, { group, peer, port }) => {
  const store = new Planted();
  addEnvironment(store.app, anEnvironment());
  new Rule(store.stack('service'), 'planted', {
    securityGroupId: store.id(group),
    referencedSecurityGroupId: store.id(peer),
    ipProtocol: 'tcp',
    fromPort: port,
    toPort: port,
  });

  const { ways, looseEnds } = reachabilityOf(Program.of(store.app));

  expect(ways).toHaveLength(dev.length);
  expect(looseEnds.map(({ at }) => at.resource.path)).toEqual(['dev-service/planted']);
});

test('from the internet only a public address with a route is reached', () => {
  const store = new Planted();
  addEnvironment(store.app, anEnvironment());
  const stack = store.stack('service');
  const group = new SecurityGroup(stack, 'group', { vpcId: store.id('dev-network/vpc/vpc') });
  const open = { protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'] };
  group.addOverride('ingress', [open]);
  const add = (id: string, kind: string, associatePublicIpAddress: boolean) =>
    new Instance(stack, id, {
      subnetId: store.id(`dev-network/vpc/${kind}-a`),
      vpcSecurityGroupIds: [group.id],
      associatePublicIpAddress,
    });
  add('reached', 'public', true);
  add('without-address', 'private', false);
  add('without-route', 'private', true);

  const { ways } = reachabilityOf(Program.of(store.app));

  const reached = ways.filter(({ from }) => from.kind === 'internet').map(({ to }) => to.label);
  expect(reached).toEqual(['door', 'instance dev-service/reached']);
});
