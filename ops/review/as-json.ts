/** A review for programs; a pipeline keeps it as what people have seen. */
import { approvalsNeeded, type Review } from './review.ts';
import { countsOf, verdictOf } from './verdict.ts';

/** Goes up when a field changes its meaning or goes; new ones may come. */
export const VERSION = 1;

export function asJson(review: Review): string {
  const approvals = approvalsNeeded(review);
  const document = {
    version: VERSION,
    needsApproval: approvals.length > 0,
    verdict: verdictOf(review),
    approvals,
    counts: countsOf(review),
    plans: review.plans,
    findings: review.findings,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
