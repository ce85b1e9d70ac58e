/** What a boundary takes away from a role. */
import { actionMatches, resourceMatches } from './evaluator/patterns.ts';
import type { Patterns, Policy, Statement } from './evaluator/policy.ts';

/**
 * What policies allow and no statement of the boundary covers whole: `s3:* on *`. A boundary's
 * conditions are left to each question.
 */
export function beyondBoundary(policies: readonly Policy[], boundary: Policy): Pair[] {
  const allowed = policies.flatMap((policy) => of(policy, 'Allow').flatMap(pairs));
  const [allows, denies] = [of(boundary, 'Allow'), of(boundary, 'Deny')];
  return allowed.filter(
    (pair) =>
      !allows.some((statement) => isCovered(statement, pair)) ||
      denies.some((statement) => isCovered(statement, pair)),
  );
}

interface Pair {
  readonly action: string;
  readonly resource: string;
}

function of({ statements }: Policy, effect: Statement['effect']): Statement[] {
  return statements.filter((statement) => statement.effect === effect);
}

function pairs({ actions, resources }: Statement): Pair[] {
  return patternsOf(actions).flatMap((action) =>
    patternsOf(resources).map((resource) => ({ action, resource })),
  );
}

/** Of `NotAction` and `NotResource` only everything is sure to cover what is meant. */
function patternsOf(those: Patterns | undefined): readonly string[] {
  return those === undefined || those.allBut ? ['*'] : those.patterns;
}

/** A pattern is covered by one that matches its text: `s3:Get*` by `s3:*`. */
function isCovered({ actions, resources }: Statement, { action, resource }: Pair): boolean {
  return (
    actions.patterns.some((each) => actionMatches(each, action)) !== actions.allBut &&
    (resources === undefined ||
      resources.patterns.some((each) => resourceMatches(each, resource)) !== resources.allBut)
  );
}
