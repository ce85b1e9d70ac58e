/** Tasks are where the internet cannot call them: no route of their subnets leads to its gateway. */
import { routingOf } from './routes.ts';
import { runsIn } from './tasks.ts';
import type { Program } from '../written/program.ts';
import type { WrittenStack } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

/** That they get no public address is the affair of nothing-public. */
export const privateTasks: Rule = {
  name: 'private-tasks',
  check(stack, refuse, program) {
    for (const { resource, subnets } of runsIn(stack)) {
      if (subnets.length === 0) {
        refuse(
          resource,
          `${resource.type} says no subnets: set networkConfiguration with private ones`,
        );
      }
      const wrong = subnets.flatMap((subnet) => problemsOf(program, stack, subnet));
      for (const one of new Set(wrong)) refuse(resource, `${resource.type} ${one}`);
    }
  },
};

function problemsOf(program: Program, stack: WrittenStack, value: unknown): string[] {
  const subnets = program
    .targetsIn(stack, value)
    .filter(({ resource }) => resource.type === 'aws_subnet');
  if (subnets.length === 0) {
    return [
      `runs tasks in ${String(value)}, whose routes nobody can see here: name a subnet of this program`,
    ];
  }
  return subnets.flatMap((subnet) => {
    const { path } = subnet.resource;
    const routing = routingOf(program, subnet);
    if (routing === undefined) {
      return [`runs tasks in ${path}, which has no route table: add an association with one`];
    }
    return routing.routes.some(({ by }) => by === 'internet')
      ? [`runs tasks in ${path}, which has a route to an internet gateway: name private subnets`]
      : [];
  });
}
