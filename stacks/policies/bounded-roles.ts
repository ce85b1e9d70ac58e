/** No role of an environment can do more than its boundary, and pipelines may change no other. */
import { boundaryArn, rolePath } from '../constructs/boundary.ts';
import { PIPELINES_PATH } from '../pipelines/pipeline-role.ts';
import type { Resource, WrittenStack } from '../written/written-stack.ts';
import { isGiven } from './attributes.ts';
import { homeOf, isOfAccount } from './place-of.ts';
import type { Rule } from './policy.ts';

export const boundedRoles: Rule = {
  name: 'bounded-roles',
  check(stack, refuse) {
    const problemsOf = isOfAccount(stack) ? ofAccount : ofEnvironment;
    for (const role of stack.resources.filter(({ type }) => type === 'aws_iam_role')) {
      for (const wrong of problemsOf(role, stack)) refuse(role, `aws_iam_role ${wrong}`);
    }
  },
};

function ofEnvironment({ attributes }: Resource, stack: WrittenStack): string[] {
  const home = homeOf(stack);
  if (home === undefined) return [];
  const problems: string[] = [];
  if (attributes['permissions_boundary'] !== boundaryArn(home)) {
    problems.push(
      'is not held by the boundary of its environment: make it with the construct Role, or set permissionsBoundary: boundaryArn(place)',
    );
  }
  if (attributes['path'] !== rolePath(home)) {
    problems.push(
      `is not on the path ${rolePath(home)}: make it with the construct Role, or set path: rolePath(place)`,
    );
  }
  return problems;
}

/** On an environment's path its pipeline could change it, which has no boundary. */
function ofAccount({ attributes }: Resource): string[] {
  const { path } = attributes;
  if (!isGiven(path) || path === '/' || path === PIPELINES_PATH) return [];
  return [`of an account has a path of its own: leave it out, or set path: ${PIPELINES_PATH}`];
}
