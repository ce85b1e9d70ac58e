/** What goes out is stated: to a group or a prefix list on its ports, to ranges as HTTPS only. */
import { isBlock } from './attributes.ts';
import type { Attributes } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';
import { isEveryProtocol, portsOf, rangesOf, rulesOf, UNREADABLE_RULES } from './security-rules.ts';

export const statedEgress: Rule = {
  name: 'stated-egress',
  check(stack, refuse) {
    for (const resource of stack.resources) {
      for (const rule of rulesOf(resource, 'egress')) {
        const wrong = isBlock(rule) ? problemOf(rule) : UNREADABLE_RULES;
        if (wrong !== undefined) refuse(resource, `${resource.type} ${wrong}`);
      }
    }
  },
};

function problemOf(rule: Attributes): string | undefined {
  const ports = portsOf(rule);
  if (isEveryProtocol(ports)) return 'lets out every protocol: name the one and its port';
  const ranges = rangesOf(rule);
  const { protocol, from, to } = ports;
  if (ranges.length === 0 || (protocol === 'tcp' && from === '443' && to === '443')) {
    return undefined;
  }
  return `lets out to ${ranges.join(', ')} on ${protocol} ${from}-${to}: name a security group or a prefix list, or TCP 443`;
}
