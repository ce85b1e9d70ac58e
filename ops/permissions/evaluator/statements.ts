/** Which statements of policies are about a request. */
import { type Context, holds } from './conditions.ts';
import { UnsupportedPolicy } from './elements.ts';
import { actionMatches, resourceMatches } from './patterns.ts';
import type { Patterns, Policy, Statement } from './policy.ts';
import type { Principal } from './principals.ts';

export interface Request {
  /** `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` for what is not done to one resource. */
  readonly resource: string;
  readonly context?: Context;
}

/** A statement and whose it is. */
export interface Found {
  readonly policy: string;
  readonly statement: Statement;
}

/** The first such statement about the request. @param isMeant for policies of resources: who asks */
export function find(
  policies: readonly Policy[],
  effect: Statement['effect'],
  request: Request,
  isMeant: (principal: Principal) => boolean = () => true,
): Found | undefined {
  for (const { name, statements } of policies) {
    const statement = statements.find(
      (each) =>
        each.effect === effect &&
        (each.principals === undefined || each.principals.some(isMeant)) &&
        isAbout(each, request),
    );
    if (statement !== undefined) return { policy: name, statement };
  }
  return undefined;
}

/** @throws UnsupportedPolicy for what is no request */
export function checkRequest({ action, resource }: Request): void {
  if (!/^[a-z0-9-]+:[a-z0-9]+$/i.test(action)) {
    throw new UnsupportedPolicy(`'${action}' is no action such as s3:GetObject`);
  }
  if (resource !== '*' && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:./.test(resource)) {
    throw new UnsupportedPolicy(`'${resource}' is no ARN, and not *`);
  }
}

/** By action and resource, whatever its conditions say. */
export function concerns({ actions, resources }: Statement, { action, resource }: Request) {
  return (
    isOneOf(actions, (pattern) => actionMatches(pattern, action)) &&
    (resources === undefined || isOneOf(resources, (each) => resourceMatches(each, resource)))
  );
}

function isAbout(statement: Statement, request: Request): boolean {
  const { context = {} } = request;
  return (
    concerns(statement, request) &&
    statement.conditions.every((condition) => holds(condition, context))
  );
}

function isOneOf({ allBut, patterns }: Patterns, matches: (pattern: string) => boolean): boolean {
  return patterns.some(matches) !== allBut;
}
