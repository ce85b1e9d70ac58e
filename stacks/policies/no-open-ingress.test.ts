import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
import { SecurityGroupRule } from '@cdktf/provider-aws/lib/security-group-rule/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { TerraformIterator } from 'cdktf';
import type { Construct } from 'constructs';
import { refusalOf } from '../testing/refusal.ts';
import { FrontDoor } from './front-door.ts';
import { noOpenIngress } from './no-open-ingress.ts';

class Door extends FrontDoor {}

interface Rule {
  /** @default a security group or a prefix list */
  readonly range?: string;
  readonly protocol?: string;
  readonly from?: number;
  readonly to?: number;
}

/** A rule in the words of whatever resource holds lists of ranges. */
function listed({ range, protocol = 'tcp', from = 443, to = from }: Rule) {
  const ports = { protocol, fromPort: from, toPort: to };
  if (range === undefined) return { ...ports, prefixListIds: ['pl-1'] };
  return { ...ports, [range.includes(':') ? 'ipv6CidrBlocks' : 'cidrBlocks']: [range] };
}

function single({ range, protocol = 'tcp', from = 443, to = from }: Rule) {
  const ports = { ipProtocol: protocol, fromPort: from, toPort: to };
  if (range === undefined) return { ...ports, referencedSecurityGroupId: 'sg-2' };
  return { ...ports, [range.includes(':') ? 'cidrIpv6' : 'cidrIpv4']: range };
}

type Build = (scope: Construct, rule: Rule) => unknown;

const group = { securityGroupId: 'sg-1' };

const resources: readonly (readonly [type: string, build: Build])[] = [
  [
    'aws_vpc_security_group_ingress_rule',
    (scope, rule) => new VpcSecurityGroupIngressRule(scope, 'it', { ...group, ...single(rule) }),
  ],
  [
    'aws_security_group_rule',
    (scope, rule) =>
      new SecurityGroupRule(scope, 'it', { ...group, type: 'ingress', ...listed(rule) }),
  ],
  [
    'aws_security_group',
    (scope, rule) => new SecurityGroup(scope, 'it', { ingress: [listed(rule)] }),
  ],
  [
    'aws_default_security_group',
    (scope, rule) => new DefaultSecurityGroup(scope, 'it', { ingress: [listed(rule)] }),
  ],
];

const ranges = ['0.0.0.0/0', '::/0', '10.0.0.0/16'];

describe.each(resources)('%s', (type, build) => {
  test.each(ranges)('refuses %s outside the front door', (range) => {
    const refusal = refusalOf(noOpenIngress, (stack) => build(stack, { range }));

    expect(refusal).toContain(`[stack/it] ${type} lets in ${range}: name a security group`);
  });

  test('keeps rules that name groups and prefix lists', () => {
    expect(refusalOf(noOpenIngress, (stack) => build(stack, {}))).toBe('');
  });

  test.each(['-1', 'all'])('refuses every protocol at once (%s), whoever it is for', (protocol) => {
    const refusal = refusalOf(noOpenIngress, (stack) => build(stack, { protocol }));

    expect(refusal).toContain(`[stack/it] ${type} lets in every protocol`);
  });

  test.each([443, 80])('keeps port %i of the front door', (from) => {
    const refusal = refusalOf(noOpenIngress, (stack) => {
      for (const range of ranges) build(new Door(stack, `door-${range.length}`), { range, from });
    });

    expect(refusal).toBe('');
  });

  test.each<readonly [string, Rule]>([
    ['tcp 22-22', { from: 22 }],
    ['tcp 80-443', { from: 80, to: 443 }],
    ['udp 443-443', { protocol: 'udp' }],
  ])('refuses %s of the front door', (words, rule) => {
    const refusal = refusalOf(noOpenIngress, (stack) =>
      build(new Door(stack, 'door'), { range: '0.0.0.0/0', ...rule }),
    );

    expect(refusal).toContain(`[stack/door/it] ${type} lets in 0.0.0.0/0 to ${words}: `);
  });
});

test('what goes out may go anywhere', () => {
  const refusal = refusalOf(noOpenIngress, (stack) => {
    new SecurityGroup(stack, 'inline', { egress: [listed({ range: '0.0.0.0/0' })] });
    new SecurityGroupRule(stack, 'it', { ...group, type: 'egress', ...listed({ range: '::/0' }) });
  });

  expect(refusal).toBe('');
});

test('a range that only Terraform knows is a range', () => {
  const refusal = refusalOf(noOpenIngress, (stack) => {
    const vpc = new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' });
    const rule = { ...group, ...single({ range: vpc.cidrBlock }) };
    new VpcSecurityGroupIngressRule(stack, 'it', rule);
  });

  expect(refusal).toContain(
    '[stack/it] aws_vpc_security_group_ingress_rule lets in ${aws_vpc.vpc.',
  );
});

test('rules that only Terraform knows are refused', () => {
  const refusal = refusalOf(noOpenIngress, (stack) => {
    const iterator = TerraformIterator.fromList(['a', 'b']);
    const ingress = iterator.dynamic(listed({ range: '0.0.0.0/0' }));
    new SecurityGroup(stack, 'it', { ingress });
  });

  expect(refusal).toContain('[stack/it] aws_security_group has rules that are known to Terraform');
});

test('rules that Terraform repeats are rules', () => {
  const refusal = refusalOf(noOpenIngress, (stack) => {
    const content = { protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['0.0.0.0/0'] };
    const repeated = new SecurityGroup(stack, 'it', {});
    repeated.addOverride('dynamic.ingress', { for_each: ['a', 'b'], content });
  });

  expect(refusal).toContain('[stack/it] aws_security_group lets in 0.0.0.0/0');
});
