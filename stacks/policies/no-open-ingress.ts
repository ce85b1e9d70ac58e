/** Ingress rules name groups or prefix lists, never ranges; only the front door's 443 and 80 do. */
import { isBlock } from './attributes.ts';
import { isInFrontDoor } from './front-door.ts';
import type { Attributes } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';
import { isEveryProtocol, portsOf, rangesOf, rulesOf, UNREADABLE_RULES } from './security-rules.ts';

const DOOR_PORTS = new Set(['443', '80']);

export const noOpenIngress: Rule = {
  name: 'no-open-ingress',
  check(stack, refuse) {
    for (const resource of stack.resources) {
      for (const rule of rulesOf(resource, 'ingress')) {
        const wrong = isBlock(rule)
          ? problemOf(rule, isInFrontDoor(resource.construct))
          : UNREADABLE_RULES;
        if (wrong !== undefined) refuse(resource, `${resource.type} ${wrong}`);
      }
    }
  },
};

function problemOf(rule: Attributes, inFrontDoor: boolean): string | undefined {
  const ports = portsOf(rule);
  if (isEveryProtocol(ports)) return 'lets in every protocol: name the one and its port';

  const ranges = rangesOf(rule);
  if (ranges.length === 0) return undefined;
  if (!inFrontDoor) return `lets in ${ranges.join(', ')}: name a security group or a prefix list`;

  const { protocol, from, to } = ports;
  if (protocol === 'tcp' && from === to && DOOR_PORTS.has(from)) return undefined;
  return `lets in ${ranges.join(', ')} to ${protocol} ${from}-${to}: a front door has TCP 443 and 80`;
}
