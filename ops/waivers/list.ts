/** The waivers, soonest end first, each with the days left and what it matches. */
import { type App, TerraformStack } from 'cdktf';
import type { Move } from '../../stacks/addresses/steps.ts';
import { type Environment, accountsOf } from '../../stacks/place.ts';
import { POLICIES } from '../../stacks/policies/policies.ts';
import type { Waiver } from '../../stacks/policies/waiver.ts';
import { matchesIn, movedIn } from '../../stacks/policies/waiver-problems.ts';
import { addStore } from '../../stacks/store.ts';
import { unwrittenApp } from '../deployment/unwritten-app.ts';

/** Milliseconds. */
const DAY = 86_400_000;

export interface Listed extends Waiver {
  /** The last day included; negative when it is over. */
  readonly daysLeft: number;
  /** Paths of constructs. */
  readonly matched: readonly string[];
  /** Whose they are; an account's own are of no environment. */
  readonly environments: readonly string[];
  /** Whether it is of no use in this table, where it would have to be. */
  readonly matchesNothing: boolean;
  /** Where what it was for is now, by stacks/moves.ts. */
  readonly movedTo?: string;
}

/** @param today as `2026-11-21` */
export function list(
  waivers: readonly Waiver[],
  environments: readonly Environment[],
  today: string,
  moves: readonly Move[] = [],
): Listed[] {
  const app = judged(environments);
  const listed = waivers.map((waiver) => {
    const matched = matchesIn(waiver, app);
    const movedTo = matched.length === 0 ? movedIn(waiver, app, moves) : undefined;
    return {
      ...waiver,
      daysLeft: daysBetween(today, waiver.expires),
      matched,
      environments: owners(matched, environments),
      matchesNothing: matched.length === 0 && waiver.builtSometimes !== true,
      ...(movedTo === undefined ? {} : { movedTo }),
    };
  });
  return listed.toSorted((one, other) => one.daysLeft - other.daysLeft);
}

/** With everything that policies say to it, but nothing is refused: that is synth's affair. */
function judged(environments: readonly Environment[]): App {
  const app = unwrittenApp();
  addStore(app, environments);
  for (const stack of app.node.findAll().filter((each) => TerraformStack.isStack(each))) {
    for (const policy of POLICIES) policy.visit(stack);
  }
  return app;
}

function owners(paths: readonly string[], environments: readonly Environment[]): string[] {
  const accounts = accountsOf(environments);
  const places = [...environments, ...accounts].toSorted(
    // `dev-copy-service` is of dev-copy, not of dev.
    (one, other) => other.label.length - one.label.length,
  );
  const found = new Set(
    paths.map((path) => places.find(({ label }) => path.startsWith(`${label}-`))),
  );
  return environments.filter((environment) => found.has(environment)).map(({ name }) => name);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}
