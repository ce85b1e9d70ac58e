/** Questions about the roles of an environment. */
import type { Account, Environment } from '../../stacks/place.ts';
import type { Program } from '../../stacks/written/program.ts';
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { asInPolicies } from './arns.ts';
import { type Decision, mayRole } from './evaluator/may-role.ts';
import type { Request } from './evaluator/statements.ts';
import { policiesOn, type ResourcePolicy, resourcePoliciesOf } from './resource-policies.ts';
import { type Role, rolesFor } from './roles.ts';

export interface Permissions {
  readonly roles: readonly Role[];
  readonly resourcePolicies: readonly ResourcePolicy[];
}

/** @throws Refusal, UnsupportedPolicy for what cannot be read */
export function permissionsOf(
  program: Program,
  environment: Environment,
  account: Account,
): Permissions {
  return {
    roles: rolesFor(program, environment, account),
    resourcePolicies: resourcePoliciesOf(program),
  };
}

/** By its whole name, or by its end: `migration` of `store-dev-migration`. @throws WrongUse */
export function roleCalled({ roles }: Permissions, name: string): Role {
  const exact = roles.filter((role) => role.name === name);
  const [role, another] = exact.length > 0 ? exact : roles.filter((each) => isEnd(each, name));
  if (role !== undefined && another === undefined) return role;
  const known = roles.map((each) => each.name).join(', ');
  const how = another === undefined ? 'no role' : 'more than one role';
  throw new WrongUse(`there is ${how} '${name}' among ${known}`);
}

function isEnd({ name }: Role, end: string): boolean {
  return name.endsWith(`-${end}`);
}

/** @throws UnsupportedPolicy, Refusal where the answer depends on what is not known */
export function may({ resourcePolicies }: Permissions, role: Role, request: Request): Decision {
  const [unknown] = role.unknownPolicies;
  if (unknown !== undefined) {
    throw new Refusal(`${role.name} holds ${unknown}, whose text is not in the stacks`);
  }
  const resource = asInPolicies(request.resource);
  const context = Object.fromEntries(
    Object.entries(request.context ?? {}).map(([key, value]) => [
      key,
      typeof value === 'string' ? asInPolicies(value) : value.map(asInPolicies),
    ]),
  );
  return mayRole(
    {
      roleArn: role.arn,
      identityPolicies: role.policies,
      boundary: role.boundary,
      resourcePolicies: policiesOn(resourcePolicies, resource),
    },
    { action: request.action, resource, context },
  );
}
