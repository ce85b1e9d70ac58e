/** Tasks get to every host of AWS that they need: a route or an endpoint leads there, and egress lets them. */
import { TASK_DESTINATIONS } from '../rules/task-destinations.ts';
import type { Placed, Program } from '../written/program.ts';
import type { WrittenStack } from '../written/written-stack.ts';
import { givenTo } from './given.ts';
import type { Rule } from './policy.ts';
import { isTo } from './routes.ts';
import { containersOf, definitionOf, type Run, runsIn } from './tasks.ts';
import { waysOf } from './ways-to-aws.ts';

export const reachableHosts: Rule = {
  name: 'reachable-hosts',
  check(stack, refuse, program) {
    for (const run of runsIn(stack)) {
      const wrong = problemsOf(program, stack, run);
      for (const one of wrong) refuse(run.resource, `${run.resource.type} ${one}`);
    }
  },
};

function problemsOf(program: Program, stack: WrittenStack, run: Run): string[] {
  const definition = definitionOf(program, stack, run);
  if (definition === undefined) {
    return [
      `runs ${String(run.definition)}, of which nobody can see here what it needs: name a task definition of this program`,
    ];
  }
  const given = (containersOf(definition.resource) ?? []).map(givenTo);
  const needed = TASK_DESTINATIONS.filter(({ isNeeded }) => given.some(isNeeded));
  const { subnets, reaches } = waysOf(program, stack, run);
  return needed.flatMap((destination) => {
    const isClosed = isClosedTo(program, definition, destination.closedBy);
    const way = isClosed ? { ...destination, endpoint: 'none' as const } : destination;
    const without = subnets.filter((subnet) => !reaches(subnet, way));
    if (without.length === 0) return [];
    const { service, endpoint, purpose } = destination;
    const paths = without.map(({ resource }) => resource.path).join(', ');
    return [
      `runs tasks in ${paths} that could not reach ${service} (${purpose}): add a route to a NAT gateway and TCP 443 to 0.0.0.0/0 in the egress of a group that they wear, or an endpoint of type ${endpoint} and egress to it`,
    ];
  });
}

/** Whether the endpoint does not answer for what a task names: its user pool has login pages. */
function isClosedTo(program: Program, { stack, resource }: Placed, type?: string): boolean {
  if (type === undefined) return false;
  const named = program.targetsIn(stack, resource.attributes['container_definitions']);
  return program
    .ofType(type)
    .some((closing) =>
      named.some((target) =>
        isTo(program, closing.stack, closing.resource.attributes['user_pool_id'], target.resource),
      ),
    );
}
