/** Which condition keys an answer may depend on. */
import { limits, type RolePolicies } from './may-role.ts';
import type { Statement } from './policy.ts';
import { concerns, type Request } from './statements.ts';
import { alwaysKnown, isMeant } from './who-asks.ts';

/** Those of all statements about action and resource, each once; not those that AWS always knows. */
export function askedKeys(role: RolePolicies, request: Request): string[] {
  const { identityPolicies, resourcePolicies = [] } = role;
  const policies = [
    ...identityPolicies,
    ...limits(role).map(([, policy]) => policy),
    ...resourcePolicies,
  ];
  const isOurs = ({ principals }: Statement) =>
    principals === undefined || principals.some((each) => isMeant(role, each));
  const keys = policies
    .flatMap(({ statements }) => statements)
    .filter((each) => isOurs(each) && concerns(each, request))
    .flatMap(({ conditions }) => conditions.map(({ key }) => key));
  const known = Object.keys(alwaysKnown(role));
  return unique(keys).filter((key) => !known.some((other) => isSameKey(key, other)));
}

/** AWS reads keys in whichever case. */
export function isSameKey(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function unique(keys: readonly string[]): string[] {
  return [...new Map(keys.map((key) => [key.toLowerCase(), key])).values()].toSorted();
}
