/** Ingress rules name groups or prefix lists, never ranges; only the front door's 443 and 80 do. */
import { asList, isBlock, valuesAt } from './attributes.ts';
import { isInFrontDoor } from './front-door.ts';
import type { Attributes, Resource } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

const ANY_PROTOCOL = new Set(['-1', 'all']);
const RANGES = ['cidr_ipv4', 'cidr_ipv6', 'cidr_blocks', 'ipv6_cidr_blocks'];
const DOOR_PORTS = new Set(['443', '80']);

export const noOpenIngress: Rule = {
  name: 'no-open-ingress',
  check(stack, refuse) {
    for (const resource of stack.resources) {
      for (const rule of ingressOf(resource).filter(isGiven)) {
        const wrong = isBlock(rule)
          ? problemOf(rule, isInFrontDoor(resource.construct))
          : 'has rules that are known to Terraform only: write each as a resource of its own';
        if (wrong !== undefined) refuse(resource, `${resource.type} ${wrong}`);
      }
    }
  },
};

/** Rules in the words of whichever resource holds them. */
function ingressOf({ type, attributes }: Resource): unknown[] {
  switch (type) {
    case 'aws_vpc_security_group_ingress_rule':
      return [attributes];
    case 'aws_security_group_rule':
      return attributes['type'] === 'egress' ? [] : [attributes];
    case 'aws_security_group':
    case 'aws_default_security_group': {
      const repeated = valuesAt(attributes, 'dynamic.ingress.content');
      return [...asList(attributes['ingress']), ...repeated];
    }
    default:
      return [];
  }
}

function problemOf(rule: Attributes, inFrontDoor: boolean): string | undefined {
  const protocol = String(rule['ip_protocol'] ?? rule['protocol']);
  if (ANY_PROTOCOL.has(protocol)) return 'lets in every protocol: name the one and its port';

  const ranges = RANGES.flatMap((name) => valuesAt(rule, name)).filter(isGiven);
  if (ranges.length === 0) return undefined;
  if (!inFrontDoor) return `lets in ${ranges.join(', ')}: name a security group or a prefix list`;

  const [from, to] = [String(rule['from_port']), String(rule['to_port'])];
  if (protocol === 'tcp' && from === to && DOOR_PORTS.has(from)) return undefined;
  return `lets in ${ranges.join(', ')} to ${protocol} ${from}-${to}: a front door has TCP 443 and 80`;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
