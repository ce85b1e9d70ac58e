import type { Case } from '../case.ts';
import { BALANCER, DATABASE } from './arguments.ts';

const SHELL = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 22, to_port: 22 };
const ACL = {
  network_acl_id: 'acl-1',
  rule_number: 100,
  protocol: 'tcp',
  from_port: 22,
  to_port: 22,
};

export const NETWORK_EXPOSURE: readonly Case[] = [
  {
    rule: 'port-opened',
    name: 'shell for the world',
    fires: true,
    type: 'aws_vpc_security_group_ingress_rule',
    after: { ...SHELL, cidr_ipv4: '0.0.0.0/0' },
  },
  {
    rule: 'port-opened',
    name: 'one port more in a group',
    fires: true,
    type: 'aws_security_group',
    before: group(rule(443, ['0.0.0.0/0'])),
    after: group(rule(443, ['0.0.0.0/0']), rule(22, ['0.0.0.0/0'])),
  },
  {
    rule: 'port-opened',
    name: 'half of the internet',
    fires: true,
    type: 'aws_security_group_rule',
    after: {
      type: 'ingress',
      security_group_id: 'sg-1',
      protocol: '-1',
      from_port: 0,
      to_port: 0,
      cidr_blocks: ['0.0.0.0/1'],
    },
  },
  {
    rule: 'port-opened',
    name: 'shell for a group',
    fires: false,
    type: 'aws_vpc_security_group_ingress_rule',
    after: { ...SHELL, referenced_security_group_id: 'sg-2' },
  },
  {
    rule: 'port-opened',
    name: 'shell for the own network',
    fires: false,
    type: 'aws_vpc_security_group_ingress_rule',
    after: { ...SHELL, cidr_ipv4: '10.0.0.0/8' },
  },
  {
    rule: 'port-opened',
    name: 'one port less in a group',
    fires: false,
    type: 'aws_security_group',
    before: group(rule(443, ['0.0.0.0/0']), rule(22, ['0.0.0.0/0'])),
    after: group(rule(443, ['0.0.0.0/0'])),
  },
  {
    rule: 'network-acl-opened',
    name: 'shell for the world',
    fires: true,
    type: 'aws_network_acl_rule',
    after: { ...ACL, rule_action: 'allow', cidr_block: '0.0.0.0/0' },
  },
  {
    rule: 'network-acl-opened',
    name: 'shell denied to the world',
    fires: false,
    type: 'aws_network_acl_rule',
    after: { ...ACL, rule_action: 'deny', cidr_block: '0.0.0.0/0' },
  },
  {
    rule: 'public-address',
    name: 'the database',
    fires: true,
    type: 'aws_db_instance',
    before: DATABASE,
    after: { ...DATABASE, publicly_accessible: true },
  },
  {
    rule: 'public-address',
    name: 'a new private database',
    fires: false,
    type: 'aws_db_instance',
    after: DATABASE,
  },
  {
    rule: 'address-attached',
    name: 'to a machine',
    fires: true,
    type: 'aws_eip_association',
    after: { allocation_id: 'eipalloc-1', instance_id: 'i-1' },
  },
  {
    rule: 'address-attached',
    name: 'no longer',
    fires: false,
    type: 'aws_eip_association',
    before: { allocation_id: 'eipalloc-1', instance_id: 'i-1' },
  },
  { rule: 'faces-internet', name: 'a new one', fires: true, type: 'aws_lb', after: BALANCER },
  {
    rule: 'faces-internet',
    name: 'a new one inside',
    fires: false,
    type: 'aws_lb',
    after: { ...BALANCER, internal: true },
  },
  {
    rule: 'route-to-internet',
    name: 'by an internet gateway',
    fires: true,
    type: 'aws_route',
    after: { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' },
  },
  {
    rule: 'route-to-internet',
    name: 'outward only',
    fires: false,
    type: 'aws_route',
    after: {
      route_table_id: 'rtb-1',
      destination_cidr_block: '0.0.0.0/0',
      nat_gateway_id: 'nat-1',
    },
  },
];

function rule(port: number, ranges: readonly string[]): object {
  return {
    protocol: 'tcp',
    from_port: port,
    to_port: port,
    cidr_blocks: ranges,
    description: '',
    ipv6_cidr_blocks: [],
    prefix_list_ids: [],
    security_groups: [],
    self: false,
  };
}

function group(...ingress: readonly object[]): Readonly<Record<string, unknown>> {
  return { name: 'door', description: 'door', vpc_id: 'vpc-store', ingress };
}
