import { Eip } from '@cdktf/provider-aws/lib/eip/index.js';
import { Instance } from '@cdktf/provider-aws/lib/instance/index.js';
import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster/index.js';
import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { DOOR, type Planted, refusalsOf, SERVER, TASK } from './testing/planted.ts';

const holes: readonly (readonly [string, (store: Planted) => unknown, string])[] = [
  [
    'a type that wears groups and is not known',
    (store) =>
      new RdsCluster(store.stack('database'), 'cluster', {
        engine: 'aurora-postgresql',
        vpcSecurityGroupIds: [store.id(SERVER)],
      }),
    '[dev-database/cluster] aws_rds_cluster has vpc_security_group_ids, and reachability does not know what that opens: add the type to stacks/reachability/faces.ts',
  ],
  [
    'a group that is made elsewhere',
    (store) =>
      new Lb(store.stack('service'), 'balancer', {
        internal: true,
        securityGroups: ['sg-0123456789'],
        subnets: [store.id('dev-network/vpc/private-a')],
      }),
    '[dev-service/balancer] aws_lb names "sg-0123456789", which is no aws_security_group of this program',
  ],
  [
    'a group that only Terraform will know',
    (store) => {
      store
        .at('dev-service/door/balancer')
        .addOverride('security_groups', ['${var.open ? "sg-1" : "sg-2"}']);
    },
    '[dev-service/door/balancer] aws_lb names "${var.open',
  ],
  [
    'rules that only Terraform will know',
    (store) => {
      store.at(TASK).addOverride('dynamic.ingress', { for_each: '${var.rules}', content: {} });
    },
    `[${TASK}] aws_security_group has rules that are known to Terraform only: write each as a resource`,
  ],
  [
    'a route to another network',
    (store) =>
      new Route(store.stack('network'), 'peering', {
        routeTableId: store.id('dev-network/vpc/isolated-routes'),
        destinationCidrBlock: '192.168.0.0/16',
        vpcPeeringConnectionId: 'pcx-1',
      }),
    '[dev-network/peering] aws_route leads to vpc_peering_connection_id, which is not known here: add it to stacks/reachability/subnets.ts',
  ],
  [
    'a task that nothing says the place of',
    (store) => {
      store.at('dev-migration/migrate_task_definition').addOverride('value', 'elsewhere');
    },
    '[dev-migration/migrate/definition] aws_ecs_task_definition says nowhere in which subnets and groups it runs',
  ],
  [
    'what wears no group',
    (store) =>
      new Instance(store.stack('service'), 'bare', {
        subnetId: store.id('dev-network/vpc/private-a'),
      }),
    "[dev-service/bare] aws_instance names no security group, so AWS gives it the network's own: name its groups",
  ],
  [
    'an address that something gets afterwards',
    (store) => new Eip(store.stack('service'), 'late', { instance: 'i-0123456789' }),
    '[dev-service/late] aws_eip gives an instance a public address that reachability does not see',
  ],
  [
    'a rule that names nobody',
    (store) =>
      new VpcSecurityGroupIngressRule(store.stack('service'), 'nobody', {
        securityGroupId: store.id(TASK),
        ipProtocol: 'tcp',
        fromPort: 22,
        toPort: 22,
      }),
    '[dev-service/nobody] aws_vpc_security_group_ingress_rule has a rule that names nobody',
  ],
  [
    'ports that only Terraform will know',
    (store) =>
      new VpcSecurityGroupIngressRule(store.stack('service'), 'ports', {
        securityGroupId: store.id(TASK),
        referencedSecurityGroupId: store.id(DOOR),
        ipProtocol: '${var.protocol}',
      }),
    '[dev-service/ports] aws_vpc_security_group_ingress_rule has a protocol or ports that are known to Terraform only',
  ],
];

// One program for all: none of them is in the way of another.
const refusals = refusalsOf((store) => {
  for (const [, plant] of holes) plant(store);
});

test.each(holes)('%s is not overlooked', (_, _plant, expected) => {
  expect(refusals).toContainEqual(expect.stringContaining(expected));
});
