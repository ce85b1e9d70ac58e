/** What AWS puts into a VPC's default group talks to its like and to everybody outside: it is emptied. */
import type { Program } from '../written/program.ts';
import type { Resource, WrittenStack } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';
import { rulesOf } from './security-rules.ts';

const GROUP = 'aws_default_security_group';

export const closedDefaultGroup: Rule = {
  name: 'closed-default-group',
  check(stack, refuse, program) {
    for (const resource of stack.resources) {
      if (resource.type === 'aws_vpc' && !hasDefaultGroup(program, stack, resource)) {
        refuse(resource, `aws_vpc keeps AWS's default group: add an ${GROUP} without rules for it`);
      }
      if (resource.type !== GROUP) continue;
      const rules = [...rulesOf(resource, 'ingress'), ...rulesOf(resource, 'egress')];
      if (rules.length === 0) continue;
      refuse(resource, `${GROUP} has rules: set ingress: [] and egress: [], and make a group`);
    }
  },
};

function hasDefaultGroup(program: Program, stack: WrittenStack, vpc: Resource): boolean {
  return stack.resources.some(
    ({ type, attributes }) =>
      type === GROUP && program.targetOf(stack, attributes['vpc_id'])?.resource === vpc,
  );
}
