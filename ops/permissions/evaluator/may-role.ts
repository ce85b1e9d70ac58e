/**
 * Whether a role may do something: AWS's logic for one account, as documented in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 *
 * Policies of an organization (SCP, RCP), of VPC endpoints, access control lists and grants of
 * keys are not seen: each of them may still refuse, or grants allow, what is answered here.
 */
import { UnsupportedPolicy } from './elements.ts';
import type { Policy } from './policy.ts';
import type { Principal } from './principals.ts';
import { checkRequest, find, type Found, type Request } from './statements.ts';
import {
  accountOf,
  alwaysKnown,
  type Asking,
  isAccount,
  isEverybody,
  isMeant,
  isNamed,
  isSession,
} from './who-asks.ts';

export interface RolePolicies extends Asking {
  readonly identityPolicies: readonly Policy[];
  readonly boundary?: Policy | undefined;
  /** All of the resource that is asked for: a bucket's, a key's, a role's trust. */
  readonly resourcePolicies?: readonly Policy[] | undefined;
  readonly sessionPolicy?: Policy | undefined;
}

export interface Decision {
  readonly allowed: boolean;
  readonly because: Found | 'implicit deny';
  /** What decided; of a refusal by one that should have allowed, the first that did not. */
  readonly by:
    | 'explicit deny'
    | 'identity policy'
    | 'resource policy'
    | 'boundary'
    | 'session policy'
    | 'no policy';
}

/** @throws UnsupportedPolicy where the answer depends on what is not known or not supported */
export function mayRole(role: RolePolicies, request: Request): Decision {
  checkRequest(request);
  const asked = { ...request, context: { ...alwaysKnown(role), ...request.context } };
  const denial = explicitDenial(role, asked);
  if (denial !== undefined) return { allowed: false, because: denial, by: 'explicit deny' };

  const own = find(role.identityPolicies, 'Allow', asked);
  const direct = directGrant(role, asked);
  if (isElsewhere(role, asked)) return acrossAccounts(own, direct, asked);
  const grant = direct?.limited === false ? direct : within(role, asked, { own, direct });
  // Either nobody allows it, or the role's own policies do and the resource's had to.
  if (grant === undefined) return refused(own === undefined ? 'no policy' : 'resource policy');
  const limit = grant.limited ? limitOn(role, asked) : undefined;
  if (limit !== undefined) return refusedBy(limit, role, asked);
  return { allowed: true, because: grant.found, by: grant.by };
}

interface Grant {
  readonly found: Found;
  readonly by: 'identity policy' | 'resource policy';
  /** Whether the boundary and the session's policy must allow it too. */
  readonly limited: boolean;
}

interface Allowing {
  readonly own: Found | undefined;
  readonly direct: Grant | undefined;
}

function within(role: RolePolicies, request: Request, { own, direct }: Allowing) {
  if (direct === undefined && needsResourcePolicy(request) && !isDelegated(role, request)) {
    return undefined;
  }
  return own === undefined
    ? direct
    : ({ found: own, by: 'identity policy', limited: true } as const);
}

function refused(by: Decision['by']): Decision {
  return { allowed: false, because: 'implicit deny', by };
}

/** AWS says how a boundary limits what is granted to a role or a session, but not to everybody. */
function refusedBy(limit: Decision['by'], role: RolePolicies, request: Request): Decision {
  const found = find(role.resourcePolicies ?? [], 'Allow', request, isEverybody);
  if (found === undefined) return refused(limit);
  throw new UnsupportedPolicy(`${found.policy} allows everybody, the ${limit} does not`);
}

function limitOn(role: RolePolicies, request: Request): Decision['by'] | undefined {
  const limit = limits(role).find(([, policy]) => find([policy], 'Allow', request) === undefined);
  return limit?.[0];
}

/** They allow nothing, and what a role's own policies allow must be allowed by them too. */
export function limits({
  boundary,
  sessionPolicy,
}: RolePolicies): (readonly [Decision['by'], Policy])[] {
  return [
    ...(boundary === undefined ? [] : [['boundary', boundary] as const]),
    ...(sessionPolicy === undefined ? [] : [['session policy', sessionPolicy] as const]),
  ];
}

function explicitDenial(role: RolePolicies, request: Request): Found | undefined {
  const { identityPolicies, resourcePolicies = [] } = role;
  const own = [...identityPolicies, ...limits(role).map(([, policy]) => policy)];
  const isOurs = (principal: Principal) => isMeant(role, principal);
  return find(own, 'Deny', request) ?? find(resourcePolicies, 'Deny', request, isOurs);
}

/**
 * A resource's policy that names the role allows it without the role's own policies, within its
 * boundary; one that names the session, whatever the boundary says.
 * Source: "Resource-based policies" in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
function directGrant(role: RolePolicies, request: Request): Grant | undefined {
  const policies = role.resourcePolicies ?? [];
  const session = find(policies, 'Allow', request, (each) => isSession(role, each));
  if (session !== undefined) return { found: session, by: 'resource policy', limited: false };
  const found = find(policies, 'Allow', request, (each) => isNamed(role, each));
  return found && { found, by: 'resource policy', limited: true };
}

/** The account as a principal means: as the policies of its roles say. */
function isDelegated(role: RolePolicies, request: Request): boolean {
  const { resourcePolicies } = role;
  if (resourcePolicies === undefined || resourcePolicies.length === 0) {
    throw new UnsupportedPolicy(
      `${request.action} is decided by the policy of ${request.resource}, which is not known here`,
    );
  }
  return find(resourcePolicies, 'Allow', request, (each) => isAccount(role, each)) !== undefined;
}

/**
 * For keys and for taking on roles it is not enough that the role's own policy allows it. Sources:
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
 */
function needsResourcePolicy(request: Request): boolean {
  const { action, resource } = request;
  if (resource === '*' || isOfAlias(request)) return false;
  return /^(?:kms:|sts:(?:AssumeRole|TagSession|SetSource))/i.test(action);
}

/**
 * Aliases have no policy; the key behind one is a question of its own. Source:
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
 */
function isOfAlias({ action, resource }: Request): boolean {
  return /^kms:(?:Create|Update|Delete)Alias$/i.test(action) && resource.includes(':alias/');
}

/** Both sides must agree, and the other account's is not known unless it was given. */
function acrossAccounts(
  own: Found | undefined,
  direct: Grant | undefined,
  { resource }: Request,
): Decision {
  if (own === undefined) return refused('no policy');
  throw new UnsupportedPolicy(
    `${resource} is another account's, whose policies ${direct ? 'may limit' : 'must allow'} it: not supported`,
  );
}

function isElsewhere({ roleArn }: RolePolicies, { resource }: Request): boolean {
  const account = accountOf(resource);
  return /^\d{12}$/.test(account) && account !== accountOf(roleArn);
}
