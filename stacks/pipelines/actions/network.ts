import type { TerraformTypes } from './terraform-type.ts';

const TAGS = ['ec2:CreateTags', 'ec2:DeleteTags'];
/** What is attached to a network card, which hinders the removal of groups and subnets. */
const CARDS = ['ec2:DescribeNetworkInterfaces'];
const RULES = ['ec2:DescribeSecurityGroupRules', 'ec2:DescribeSecurityGroups'];

export const NETWORK = {
  aws_vpc: {
    read: [
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeRouteTables',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeVpcAttribute',
      'ec2:DescribeVpcs',
    ],
    write: ['ec2:CreateVpc', 'ec2:DeleteVpc', 'ec2:ModifyVpcAttribute', ...TAGS],
  },
  aws_subnet: {
    read: ['ec2:DescribeSubnets'],
    write: ['ec2:CreateSubnet', 'ec2:DeleteSubnet', 'ec2:ModifySubnetAttribute', ...CARDS, ...TAGS],
  },
  aws_internet_gateway: {
    read: ['ec2:DescribeInternetGateways'],
    write: [
      'ec2:AttachInternetGateway',
      'ec2:CreateInternetGateway',
      'ec2:DeleteInternetGateway',
      'ec2:DetachInternetGateway',
      ...TAGS,
    ],
  },
  aws_eip: {
    read: ['ec2:DescribeAddresses', 'ec2:DescribeAddressesAttribute'],
    write: ['ec2:AllocateAddress', 'ec2:DisassociateAddress', 'ec2:ReleaseAddress', ...TAGS],
  },
  aws_nat_gateway: {
    read: ['ec2:DescribeNatGateways'],
    write: ['ec2:CreateNatGateway', 'ec2:DeleteNatGateway', ...TAGS],
  },
  aws_route_table: {
    read: ['ec2:DescribeRouteTables'],
    write: ['ec2:CreateRouteTable', 'ec2:DeleteRouteTable', ...TAGS],
  },
  aws_route_table_association: {
    read: ['ec2:DescribeRouteTables'],
    write: [
      'ec2:AssociateRouteTable',
      'ec2:DisassociateRouteTable',
      'ec2:ReplaceRouteTableAssociation',
    ],
  },
  aws_route: {
    read: ['ec2:DescribeRouteTables'],
    write: ['ec2:CreateRoute', 'ec2:DeleteRoute', 'ec2:ReplaceRoute'],
  },
  aws_vpc_endpoint: {
    read: ['ec2:DescribePrefixLists', 'ec2:DescribeSecurityGroupRules', 'ec2:DescribeVpcEndpoints'],
    write: [
      'ec2:CreateVpcEndpoint',
      'ec2:DeleteVpcEndpoints',
      'ec2:ModifyVpcEndpoint',
      // The endpoint's names are resolved in the network by a zone of AWS's.
      'route53:AssociateVPCWithHostedZone',
      ...CARDS,
      ...TAGS,
    ],
  },
  aws_flow_log: {
    read: ['ec2:DescribeFlowLogs'],
    write: ['ec2:CreateFlowLogs', 'ec2:DeleteFlowLogs', 'iam:PassRole', ...TAGS],
  },
  aws_default_security_group: {
    read: RULES,
    write: ['ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress', ...TAGS],
  },
  aws_security_group: {
    read: RULES,
    write: [
      'ec2:CreateSecurityGroup',
      'ec2:DeleteSecurityGroup',
      // AWS gives each new group a rule that lets everything out.
      'ec2:RevokeSecurityGroupEgress',
      'ec2:RevokeSecurityGroupIngress',
      ...CARDS,
      ...TAGS,
    ],
  },
  aws_vpc_security_group_egress_rule: {
    read: RULES,
    write: [
      'ec2:AuthorizeSecurityGroupEgress',
      'ec2:ModifySecurityGroupRules',
      'ec2:RevokeSecurityGroupEgress',
      ...TAGS,
    ],
  },
  aws_vpc_security_group_ingress_rule: {
    read: RULES,
    write: [
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:ModifySecurityGroupRules',
      'ec2:RevokeSecurityGroupIngress',
      ...TAGS,
    ],
  },
} as const satisfies TerraformTypes;
