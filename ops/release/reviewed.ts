/** What people have reviewed, against what is about to be applied. */
import type { Environment } from '../../stacks/place.ts';
import { told } from '../apply/told.ts';
import { type Reviewed, Unreviewed } from '../deployment/approval.ts';
import { STACKS } from '../deployment/environment-stacks.ts';
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { readKeptReview } from '../review/kept-review.ts';
import { readPlan } from '../review/plan-document.ts';
import { review } from '../review/review.ts';
import { unreviewed } from '../review/subset.ts';

/**
 * @param file what `npm run review -- --format json` said
 * @throws Refusal when it is something else, or of another environment
 */
export async function readReviewed(
  file: string,
  { name, label }: Pick<Environment, 'name' | 'label'>,
): Promise<Reviewed> {
  const { plans, findings: reviewed } = await readKeptReview(file);
  const own = new Set(STACKS.map((one) => `${label}-${one}`));
  const stacks = plans.map(({ stack }) => stack);
  if (!stacks.some((stack) => own.has(stack))) {
    throw new Refusal(
      `${file} is a review of ${stacks.join(', ') || 'no plan'}, not of ${name}: review its own plans, npm run plan -- ${name}`,
    );
  }
  return async (stack) => {
    const plan = readPlan(await stack.shownPlan(), stack.name);
    const known = Map.groupBy(reviewed, ({ stack: of, address }) => `${of} ${address}`);
    return unreviewed(review([plan]).findings, reviewed).map((finding) =>
      told(finding, known.get(`${finding.stack} ${finding.address}`)),
    );
  };
}

/** Somebody has to review what is new. */
const EXIT_UNREVIEWED = 2;

/**
 * A release whose plans a review answers for.
 * @returns the command's exit code. @throws WrongUse, and whatever else stops the release
 */
export async function reviewedOnly(
  { yes, reviewed }: { readonly yes: boolean; readonly reviewed: string | undefined },
  work: () => Promise<void>,
): Promise<number> {
  if (yes && reviewed !== undefined) {
    throw new WrongUse('--yes takes every plan, --reviewed only what was reviewed: leave one out');
  }
  try {
    await work();
    return 0;
  } catch (error) {
    if (!isUnreviewed(error)) throw error;
    console.error((error as Error).message);
    return EXIT_UNREVIEWED;
  }
}

/** What was put back afterwards is said by an error around it. */
function isUnreviewed(error: unknown): boolean {
  if (error instanceof Unreviewed) return true;
  return error instanceof Error && error.cause !== undefined && isUnreviewed(error.cause);
}
