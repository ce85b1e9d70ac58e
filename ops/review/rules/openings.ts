/** Rules of security groups and network ACLs that let in the internet. */
import { isEveryProtocol, type Ports, portsOf } from '../../../stacks/policies/security-rules.ts';
import type { PlannedChange, Values } from '../change.ts';
import type { Remark, Rule } from '../rule.ts';
import { listed } from './differences.ts';

interface Opening {
  readonly range: string;
  readonly ports: Ports;
  readonly path: readonly (string | number)[];
}

const openPort: Rule = {
  id: 'port-opened',
  rank: 'exposure',
  types: new Set([
    'aws_default_security_group',
    'aws_security_group',
    'aws_security_group_rule',
    'aws_vpc_security_group_ingress_rule',
  ]),
  judge: (change) => newOpenings(change, openings),
};

const openAcl: Rule = {
  id: 'network-acl-opened',
  rank: 'exposure',
  types: new Set(['aws_default_network_acl', 'aws_network_acl', 'aws_network_acl_rule']),
  judge: (change) => newOpenings(change, aclOpenings),
};

function newOpenings(
  change: PlannedChange,
  openingsIn: (values: Values, type: string) => Opening[],
): Remark[] {
  const old = openingsIn(change.before, change.type);
  return openingsIn(change.after, change.type)
    .filter((opening) => !old.some((each) => covers(each, opening)))
    .map(({ range, ports, path }) => ({
      what: `lets ${whose(range)} in at ${portsInWords(ports)}`,
      why: 'Whoever is on the internet can knock there, and programs that look for open doors do within minutes.',
      path,
    }));
}

function openings(values: Values, type: string): Opening[] {
  if (values['type'] === 'egress') return [];
  if (type.endsWith('_rule')) return openingsOf(values, []);
  return listed(values['ingress']).flatMap((rule, at) =>
    openingsOf(rule as Values, ['ingress', at]),
  );
}

const RANGES = ['cidr_ipv4', 'cidr_ipv6', 'cidr_block', 'cidr_blocks', 'ipv6_cidr_block'].concat(
  'ipv6_cidr_blocks',
);

function openingsOf(rule: Values, path: Opening['path']): Opening[] {
  return RANGES.flatMap((name) =>
    listed(rule[name])
      .map(String)
      .filter(isPublic)
      .map((range) => ({ range, ports: portsOf(rule), path: [...path, name] })),
  );
}

function aclOpenings(values: Values, type: string): Opening[] {
  const isRule = type.endsWith('_rule');
  const rules = isRule ? [values] : listed(values['ingress']).map((each) => each as Values);
  return rules.flatMap((rule, at) => {
    const letsIn = (rule['rule_action'] ?? rule['action']) === 'allow' && rule['egress'] !== true;
    return letsIn ? openingsOf(rule, isRule ? [] : ['ingress', at]) : [];
  });
}

/** Bits from which on a range is somebody's in particular. */
const SOMEBODYS = { v4: 9, v6: 17 };

function isPublic(range: string): boolean {
  const bits = Number(range.split('/')[1] ?? Number.NaN);
  if (range.includes(':')) return bits < SOMEBODYS.v6 && !/^f[cd]/i.test(range);
  return bits < SOMEBODYS.v4 && !range.startsWith('10.');
}

function whose(range: string): string {
  return range.endsWith('/0') ? 'the whole internet' : `much of the internet (${range})`;
}

function portsInWords(ports: Ports): string {
  const { protocol, from, to } = ports;
  if (isEveryProtocol(ports)) return 'every port';
  if (protocol.startsWith('icmp')) return 'ping';
  return from === to ? `port ${from}` : `ports ${from} to ${to}`;
}

function covers(old: Opening, { range, ports }: Opening): boolean {
  const isWide = old.range === range || (old.range.endsWith('/0') && isSameKind(old.range, range));
  if (!isWide) return false;
  if (isEveryProtocol(old.ports)) return true;
  const { protocol, from, to } = old.ports;
  return (
    protocol === ports.protocol &&
    Number(from) <= Number(ports.from) &&
    Number(to) >= Number(ports.to)
  );
}

function isSameKind(one: string, other: string): boolean {
  return one.includes(':') === other.includes(':');
}

export const OPENINGS: readonly Rule[] = [openPort, openAcl];
