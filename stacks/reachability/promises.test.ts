import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import {
  CLIENT,
  DOOR,
  type Fault,
  type Planted,
  plantedTogether,
  refusalsOf,
  SERVER,
  TASK,
} from './testing/planted.ts';

const ssh = { ipProtocol: 'tcp', fromPort: 22, toPort: 22 };
const everything = { protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] };

function addFunction(store: Planted, wears: string): void {
  const subnetIds = [store.id('dev-network/vpc/private-a')];
  const stack = store.stack('database');
  new LambdaFunction(stack, 'report', {
    functionName: 'report',
    role: 'x',
    vpcConfig: { subnetIds, securityGroupIds: [store.id(wears)] },
  });
}

const faults: readonly Fault[] = [
  [
    "a function with the group of the database's clients",
    (store) => {
      addFunction(store, CLIENT);
    },
    '[dev-database/report] function dev-database/report can reach database on tcp 5432 (by dev-database/postgres/client-to-server/out, dev-database/postgres/client-to-server/in): it is reached by the service and migration, rotation and psql on tcp 5432 only; let it wear groups of its own instead of dev-database/postgres/client-group/group, or give it a kind in stacks/reachability/nodes.ts and its place in promises.ts beside it (policy reachability)',
  ],
  [
    "AWS's own rule, inline, on the tasks' group",
    (store) => {
      store.at(TASK).addOverride('egress', [everything]);
    },
    `[${TASK}] service can reach internet by NAT on all (by ${TASK}): outside it is tcp 443 only; delete what this rule allows`,
  ],
  [
    "AWS's own rule, inline, on the database's group",
    (store) => {
      store.at(SERVER).addOverride('egress', [everything]);
    },
    `[${SERVER}] database can reach door on tcp 80 (by ${SERVER}, dev-service/door/ipv4-80): the database reaches nothing; delete what this rule allows`,
  ],
  [
    'somebody who calls the migration',
    (store) => {
      const stack = store.stack('service');
      const migration = store.id('dev-migration/task-group/group');
      const door = store.id(DOOR);
      new VpcSecurityGroupEgressRule(stack, 'call-out', {
        securityGroupId: door,
        referencedSecurityGroupId: migration,
        ...ssh,
      });
      new VpcSecurityGroupIngressRule(stack, 'call-in', {
        securityGroupId: migration,
        referencedSecurityGroupId: door,
        ...ssh,
      });
    },
    '[dev-service/call-in] door can reach migration, rotation and psql on tcp 22 (by dev-service/call-out, dev-service/call-in): nothing may; delete what this rule allows',
  ],
];

test.each(plantedTogether(faults))('$name is refused', ({ expected, refusals }) => {
  for (const sentence of expected) {
    expect(refusals).toContainEqual(expect.stringContaining(sentence));
  }
});

test('a function with groups of its own is kept', () => {
  const refusals = refusalsOf((store) => {
    const vpcId = store.id('dev-network/vpc/vpc');
    new SecurityGroup(store.stack('database'), 'own', { name: 'own', vpcId });
    addFunction(store, 'dev-database/own');
  });

  expect(refusals).toEqual([]);
});
