/** Questions about the roles of an environment. */
import type { Account, Environment } from '../../stacks/place.ts';
import type { Program } from '../../stacks/written/program.ts';
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { asInPolicies } from './arns.ts';
import { askedKeys, isSameKey } from './evaluator/asked-keys.ts';
import type { Context } from './evaluator/conditions.ts';
import { type Decision, mayRole } from './evaluator/may-role.ts';
import type { Request } from './evaluator/statements.ts';
import { knownContext, type TagsOfResources, tagsOfResources } from './known-context.ts';
import { policiesOn, type ResourcePolicy, resourcePoliciesOf } from './resource-policies.ts';
import { type Role, rolesFor } from './roles.ts';

export interface Permissions {
  readonly roles: readonly Role[];
  readonly resourcePolicies: readonly ResourcePolicy[];
  /** Of the environment. */
  readonly region: string;
  readonly tags: TagsOfResources;
}

/** A decision, and what of the request it rests on that nobody has said. */
export interface Answer extends Decision {
  /** Condition keys that statements about it name, with what the stacks say. */
  readonly fromStacks: Readonly<Record<string, string>>;
  /** Those that neither question nor stacks say, and that were taken to be absent. */
  readonly absent: readonly string[];
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
    region: environment.region,
    tags: tagsOfResources(program),
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
export function may(permissions: Permissions, role: Role, request: Request): Answer {
  const [unknown] = role.unknownPolicies;
  if (unknown !== undefined) {
    throw new Refusal(`${role.name} holds ${unknown}, whose text is not in the stacks`);
  }
  const resource = asInPolicies(request.resource);
  const policies = {
    roleArn: role.arn,
    identityPolicies: role.policies,
    boundary: role.boundary,
    resourcePolicies: policiesOn(permissions.resourcePolicies, resource),
  };
  const given = contextInPolicies(request.context ?? {});
  const asked = { action: request.action, resource };
  const known = knownContext(asked, permissions.region, permissions.tags);
  const unsaid = Object.entries(known).filter(([key]) => !isIn(Object.keys(given), key));
  const context = { ...Object.fromEntries(unsaid), ...given };
  const decision = mayRole(policies, { ...asked, context });
  const keys = askedKeys(policies, asked);
  return {
    ...decision,
    fromStacks: Object.fromEntries(unsaid.filter(([key]) => isIn(keys, key))),
    absent: keys.filter((key) => !isIn(Object.keys(context), key)),
  };
}

function contextInPolicies(context: Context): Context {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [
      key,
      typeof value === 'string' ? asInPolicies(value) : value.map(asInPolicies),
    ]),
  );
}

function isIn(keys: readonly string[], key: string): boolean {
  return keys.some((each) => isSameKey(each, key));
}
