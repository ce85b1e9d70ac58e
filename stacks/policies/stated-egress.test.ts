import { add, refusalOf } from '../testing/refusal.ts';
import { statedEgress } from './stated-egress.ts';

const RULE = 'aws_vpc_security_group_egress_rule';
const https = { ip_protocol: 'tcp', from_port: 443, to_port: 443 };

function refusal(type: string, attributes: Readonly<Record<string, unknown>>): string {
  return refusalOf(statedEgress, (stack) => add(stack, type, 'it', attributes));
}

test.each([
  ['tcp 5432-5432', { ip_protocol: 'tcp', from_port: 5432, to_port: 5432 }],
  ['tcp 0-65535', { ip_protocol: 'tcp', from_port: 0, to_port: 65_535 }],
  ['udp 443-443', { ...https, ip_protocol: 'udp' }],
])('refuses %s to a range', (words, ports) => {
  expect(refusal(RULE, { ...ports, cidr_ipv4: '0.0.0.0/0' })).toContain(
    `[stack/it] ${RULE} lets out to 0.0.0.0/0 on ${words}: name a security group or a prefix list, or TCP 443`,
  );
});

test.each([
  [RULE, { ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' }],
  [RULE, { ip_protocol: '-1', referenced_security_group_id: 'sg-2' }],
  ['aws_security_group', { egress: [{ protocol: '-1', cidr_blocks: ['0.0.0.0/0'] }] }],
  ['aws_security_group_rule', { type: 'egress', protocol: 'all', cidr_blocks: ['::/0'] }],
])('refuses every protocol at once: %s %j', (type, rule) => {
  expect(refusal(type, rule)).toContain('lets out every protocol: name the one and its port');
});

test('rules that only Terraform knows are refused', () => {
  expect(refusal('aws_security_group', { egress: '${local.rules}' })).toContain(
    'has rules that are known to Terraform only',
  );
});

test.each([
  [RULE, { ...https, cidr_ipv4: '0.0.0.0/0' }],
  [RULE, { ip_protocol: 'tcp', from_port: 5432, to_port: 5432, referenced_security_group_id: 'x' }],
  ['aws_security_group_rule', { type: 'ingress', protocol: '-1', cidr_blocks: ['10.0.0.0/8'] }],
  ['aws_security_group', {}],
])('keeps %s %j', (type, rule) => {
  expect(refusal(type, rule)).toBe('');
});
