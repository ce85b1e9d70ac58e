/** Policies of IAM in a change, taken apart to be compared by what they mean. */
import { actionMatches, textMatches } from '../../permissions/evaluator/patterns.ts';
import { statementsIn, wordsOf } from '../../../stacks/policies/iam-statements.ts';
import type { PlannedChange, Values } from '../change.ts';
import { differencesAt, listed, member } from './differences.ts';

/** One action of a statement on one resource, for whomever it is. */
export interface Grant {
  readonly effect: string;
  /** `s3:GetObject`, or `everything but iam:*`. */
  readonly action: string;
  /** An ARN or `*`; of a policy that is on a resource it may be nothing. */
  readonly resource: string;
  /** `everybody`, `123456789012`, `ecs-tasks.amazonaws.com`; nothing in policies of identities. */
  readonly principal: string;
  /** As JSON, in one order; empty without any. */
  readonly condition: string;
}

export interface PolicyChange {
  readonly path: readonly (string | number)[];
  readonly before: readonly Grant[];
  readonly after: readonly Grant[];
}

/** The documents at a path that differ, read; nothing of one that is not known before the apply. */
export function policyChanges(change: PlannedChange, path: string): PolicyChange[] {
  return differencesAt(change, path).map(({ path: at, before, after }) => ({
    path: at,
    before: grantsIn(before),
    after: grantsIn(after),
  }));
}

/** Of a block that nobody has written all is unknown, too; that is no policy. */
export function isUnknownAt({ unknown }: PlannedChange, path: string): boolean {
  const [first = '', inside] = path.split('.');
  const marks = unknown[first];
  if (inside === undefined) return marks === true;
  return listed(marks).some((block) => member(block, inside) === true);
}

function grantsIn(document: unknown): Grant[] {
  return (statementsIn(document) ?? []).flatMap(grantsOf);
}

function grantsOf(statement: Values): Grant[] {
  const effect = String(statement['Effect']);
  const condition = inOrder(statement['Condition']);
  const resources = patterns(statement, 'Resource');
  return principalsOf(statement).flatMap((principal) =>
    patterns(statement, 'Action').flatMap((action) =>
      resources.map((resource) => ({ effect, action, resource, principal, condition })),
    ),
  );
}

const ALL_BUT = 'everything but ';

function patterns(statement: Values, element: 'Action' | 'Resource'): string[] {
  const others = wordsOf(statement, `Not${element}`);
  if (others.length > 0) return [ALL_BUT + others.toSorted().join(', ')];
  const these = wordsOf(statement, element);
  return these.length > 0 ? these : [''];
}

export const EVERYBODY = 'everybody';

function principalsOf(statement: Values): string[] {
  const not = statement['NotPrincipal'];
  if (not !== undefined) return [EVERYBODY];
  const principal = statement['Principal'];
  if (principal === undefined) return [''];
  const names =
    typeof principal === 'string' ? [principal] : Object.values(principal ?? {}).flatMap(listed);
  return names.map((name) => (name === '*' ? EVERYBODY : String(name)));
}

function inOrder(condition: unknown): string {
  if (condition === undefined) return '';
  return JSON.stringify(condition, (_, value: unknown) => {
    if (Array.isArray(value))
      return (value as unknown[]).map(String).toSorted((a, b) => (a < b ? -1 : 1));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** What no grant before allowed: as much, for the same ones, without more conditions. */
export function newGrants({ before, after }: PolicyChange, effect = 'Allow'): Grant[] {
  const old = before.filter((each) => each.effect === effect);
  return after.filter(
    (grant) => grant.effect === effect && !old.some((each) => includes(each, grant)),
  );
}

/** Denials that no longer hold. */
export function lostDenials({ before, after, path }: PolicyChange): Grant[] {
  return newGrants({ path, before: after, after: before }, 'Deny');
}

function includes(old: Grant, grant: Grant): boolean {
  return (
    actionIncludes(old.action, grant.action) &&
    (old.resource === grant.resource || textMatches(old.resource, grant.resource)) &&
    (old.principal === grant.principal || old.principal === EVERYBODY) &&
    (old.condition === '' || old.condition === grant.condition)
  );
}

function actionIncludes(old: string, action: string): boolean {
  return old.toLowerCase() === action.toLowerCase() || actionMatches(old, action);
}
