/** Plans, judged by rules: what they do to people, the worst first. */
import type { PlannedChange } from './change.ts';
import type { Finding } from './finding.ts';
import { findingsOf } from './findings.ts';
import type { Judged } from './judged.ts';
import type { Plan } from './plan-document.ts';
import { needsApproval, RANKS } from './ranks.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules/rules.ts';

export interface Review {
  /** In the order in which they were given. */
  readonly plans: readonly ReviewedPlan[];
  /** The worst first, then in the order of the plans. */
  readonly findings: readonly Finding[];
}

interface ReviewedPlan {
  readonly stack: string;
  /** Of the plan as JSON. */
  readonly sha256: string;
  /** Of the saved plan that it shows. */
  readonly saved?: string;
  readonly terraform: string;
  /** Stacks that must be applied first: until then some values stand in for real ones. */
  readonly provisional?: readonly string[];
}

/** @param rules each is asked once for each change of its types */
export function review(plans: readonly Plan[], rules: readonly Rule[] = RULES): Review {
  const all = plans.flatMap(({ changes }) => changes);
  const rulesFor = byType(rules, all);
  const judged: Judged = { all, rulesFor };
  const findings = plans.flatMap((plan, order) =>
    findingsOf(plan, judged).map((finding) => ({ finding, order })),
  );
  const sorted = findings.toSorted(
    (a, b) =>
      rankOf(a.finding) - rankOf(b.finding) ||
      a.order - b.order ||
      inOrder.compare(a.finding.address, b.finding.address),
  );
  return {
    plans: plans.map(({ stack, sha256, saved, terraform, provisional }) => ({
      stack,
      sha256,
      ...(saved !== undefined && { saved }),
      terraform,
      ...(provisional !== undefined && { provisional }),
    })),
    findings: sorted.map(({ finding }) => finding),
  };
}

/** `data-loss dev-database aws_db_instance.postgres (database-replaced)`, of each that somebody must want. */
export function approvalsNeeded({ findings }: Pick<Review, 'findings'>): readonly string[] {
  const names = findings
    .filter(({ rank }) => needsApproval(rank))
    .map(({ rank, stack, address, rule }) => `${rank} ${stack} ${address} (${rule})`);
  return [...new Set(names)];
}

/** `count.10` comes after `count.9`. */
const inOrder = new Intl.Collator('en', { numeric: true });

function rankOf({ rank }: Finding): number {
  return RANKS.findIndex(({ name }) => name === rank);
}

function byType(rules: readonly Rule[], all: readonly PlannedChange[]) {
  const types = new Set(all.map(({ type }) => type));
  return new Map(
    [...types].map((type) => [
      type,
      rules.filter((rule) => rule.types === 'every' || rule.types.has(type)),
    ]),
  );
}
