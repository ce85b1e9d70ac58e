/** Who that is no role may take a role on: its trust policy alone decides. */
import type { Decision } from './may-role.ts';
import type { Context } from './conditions.ts';
import type { Policy } from './policy.ts';
import type { Principal } from './principals.ts';
import { find } from './statements.ts';

interface Taker {
  /** `federated` comes with a token of an identity provider, whose ARN is the name. */
  readonly type: 'service' | 'federated';
  readonly name: string;
}

const ACTION = {
  service: 'sts:AssumeRole',
  federated: 'sts:AssumeRoleWithWebIdentity',
} as const;

/** @throws UnsupportedPolicy */
export function mayTakeOn(trust: Policy, taker: Taker, context: Context = {}): Decision {
  const request = { action: ACTION[taker.type], resource: '*', context };
  const isMeant = ({ type, name }: Principal) =>
    type === 'everybody' || (type === taker.type && name === taker.name);
  const denial = find([trust], 'Deny', request, isMeant);
  if (denial !== undefined) return { allowed: false, because: denial, by: 'explicit deny' };
  const found = find([trust], 'Allow', request, isMeant);
  if (found === undefined) return { allowed: false, because: 'implicit deny', by: 'no policy' };
  return { allowed: true, because: found, by: 'resource policy' };
}
