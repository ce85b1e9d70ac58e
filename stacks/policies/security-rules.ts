/** Rules of security groups, in the words of whichever resource holds them. */
import { asList, isBlock, isGiven, valuesAt } from './attributes.ts';
import type { Attributes, Resource } from '../written/written-stack.ts';

export interface Ports {
  /** `tcp`, or `-1` for every protocol. */
  readonly protocol: string;
  readonly from: string;
  readonly to: string;
}

/** Why a rule cannot be judged. */
export const UNREADABLE_RULES =
  'has rules that are known to Terraform only: write each as a resource of its own';

const ANY_PROTOCOL = new Set(['-1', 'all']);
const RANGES = ['cidr_ipv4', 'cidr_ipv6', 'cidr_blocks', 'ipv6_cidr_blocks'];

/** What is no block is known to Terraform only. */
export function rulesOf(
  { type, attributes }: Resource,
  direction: 'ingress' | 'egress',
): unknown[] {
  switch (type) {
    case `aws_vpc_security_group_${direction}_rule`:
      return [attributes];
    case 'aws_security_group_rule':
      return isOther(attributes['type'], direction) ? [] : [attributes];
    case 'aws_security_group':
    case 'aws_default_security_group': {
      const repeated = valuesAt(attributes, `dynamic.${direction}.content`);
      return [...asList(attributes[direction]), ...repeated].filter(isGiven);
    }
    default:
      return [];
  }
}

/** One whose direction only Terraform knows is of both. */
function isOther(type: unknown, direction: 'ingress' | 'egress'): boolean {
  return type === (direction === 'ingress' ? 'egress' : 'ingress');
}

export function rangesOf(rule: Attributes): unknown[] {
  return RANGES.flatMap((name) => valuesAt(rule, name)).filter(isGiven);
}

export function portsOf(rule: Attributes): Ports {
  return {
    protocol: String(rule['ip_protocol'] ?? rule['protocol']),
    from: String(rule['from_port']),
    to: String(rule['to_port']),
  };
}

export function isEveryProtocol({ protocol }: Ports): boolean {
  return ANY_PROTOCOL.has(protocol);
}

/** Whether a rule lets TCP through to a port. */
export function isFor(rule: unknown, port: number): rule is Attributes {
  if (!isBlock(rule)) return false;
  const ports = portsOf(rule);
  if (isEveryProtocol(ports)) return true;
  const { protocol, from, to } = ports;
  return protocol === 'tcp' && Number(from) <= port && port <= Number(to);
}
