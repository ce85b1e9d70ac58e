/** Ways into the network: routes, and addresses of the internet. */
import type { Values } from '../change.ts';
import type { Rule } from '../rule.ts';
import { byAttribute, isOn, turnedOn, under } from './by-attribute.ts';
import { byType } from './by-type.ts';
import { listed } from './differences.ts';

const publicAddress = byAttribute({
  id: 'public-address',
  rank: 'exposure',
  on: ['create', 'update', 'replace'],
  at: {
    ...under(
      ['aws_db_instance', 'aws_rds_cluster_instance', 'aws_redshift_cluster', 'aws_mq_broker'],
      'publicly_accessible',
    ),
    aws_ecs_service: ['network_configuration.assign_public_ip'],
    aws_eks_cluster: ['vpc_config.endpoint_public_access'],
    aws_instance: ['associate_public_ip_address'],
    aws_launch_template: ['network_interfaces.associate_public_ip_address'],
    aws_subnet: ['map_public_ip_on_launch', 'assign_ipv6_address_on_creation'],
  },
  when: turnedOn,
  what: 'gets an address of the internet',
  why: 'From there on only its security group keeps strangers out.',
});

const addressAttached = byType({
  id: 'address-attached',
  rank: 'exposure',
  on: ['create'],
  what: 'gives something an address of the internet',
  why: {
    aws_eip_association: 'From there on only its security group keeps strangers out.',
    aws_lightsail_static_ip_attachment: 'From there on only its firewall keeps strangers out.',
  },
});

const facesInternet: Rule = {
  id: 'faces-internet',
  rank: 'exposure',
  types: new Set(['aws_alb', 'aws_elb', 'aws_lb']),
  judge({ action, before, after }) {
    if (action === 'destroy' || action === 'forget' || after['internal'] !== false) return [];
    if (action !== 'create' && !isOn(before['internal'])) return [];
    return [
      {
        what: 'can be reached from the internet',
        why: 'Whoever knows its name can send requests to what stands behind it.',
        path: ['internal'],
      },
    ];
  },
};

const internetRoute: Rule = {
  id: 'route-to-internet',
  rank: 'exposure',
  types: new Set(['aws_default_route_table', 'aws_route', 'aws_route_table']),
  judge(change) {
    const old = new Set(gatewaysOf(change.before, {}));
    const isNew = gatewaysOf(change.after, change.unknown).some((gateway) => !old.has(gateway));
    if (!isNew) return [];
    return [
      {
        what: 'joins its subnets with the internet, both ways',
        why: 'What has a public address there can be reached from outside.',
        path: [change.type === 'aws_route' ? 'gateway_id' : 'route'],
      },
    ];
  },
};

/** Internet gateways for everything; one that is made in the same plan has no id yet. */
function gatewaysOf(values: Values, unknown: Values): string[] {
  const routes = [values, ...listed(values['route'])] as Values[];
  const marks = [unknown, ...listed(unknown['route'])] as Values[];
  return routes.flatMap((route, at) => {
    const to = ['destination_cidr_block', 'destination_ipv6_cidr_block', 'cidr_block'];
    if (!to.concat('ipv6_cidr_block').some((name) => String(route[name]).endsWith('/0'))) return [];
    const gateway = route['gateway_id'];
    if (typeof gateway === 'string') return gateway.startsWith('igw-') ? [gateway] : [];
    return marks[at]?.['gateway_id'] === true && isOnlyGateway(marks[at]) ? [''] : [];
  });
}

/** Where the kind of the target is not known yet, each kind of it is marked. */
function isOnlyGateway(marks: Values): boolean {
  return marks['nat_gateway_id'] !== true;
}

export const NETWORK_EXPOSURE: readonly Rule[] = [
  publicAddress,
  addressAttached,
  facesInternet,
  internetRoute,
];
