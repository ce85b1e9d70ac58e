/** The plans of a folder, applied as they are, one stack after the other. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../../stacks/place.ts';
import { duration, type Progress, type Say } from '../deployment/progress.ts';
import { PLAN_FILE, type Stack, TerraformFailed } from '../deployment/stack.ts';
import { stateKey } from '../deployment/synthesis.ts';
import { needs } from '../plan/in-order.ts';
import { type PlannedStack, readMade } from '../plan/plans-file.ts';
import { readStanding, type Standing } from '../plan/standing.ts';
import type { Shown } from '../plan/written.ts';
import { readPlan } from '../review/plan-document.ts';
import { review } from '../review/review.ts';
import { stale } from './stale.ts';

export interface Applicable {
  readonly planned: PlannedStack;
  /** `terraform show -json` of it. */
  readonly shown: string;
  readonly stack: Stack;
  /** Of the stack's files. */
  readonly folder: string;
}

export interface Course {
  readonly environment: Pick<Environment, 'name' | 'accountId' | 'region' | 'stateBucket'>;
  /** Folder of the plans. */
  readonly plans: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Goes on until a plan is provisional: what comes then must be planned on what was just applied.
 * @returns the stacks that are left. @throws Refusal when a plan is stale, TerraformFailed, Interrupted
 */
export async function applyInOrder(
  stacks: readonly Applicable[],
  course: Course,
): Promise<readonly string[]> {
  for (const [index, one] of stacks.entries()) {
    course.signal.throwIfAborted();
    const { stack, provisional } = one.planned;
    if (provisional !== undefined) {
      course.progress.line(`left    ${stack}: ${needs(provisional)}`);
      return stacks.slice(index).map(({ planned }) => planned.stack);
    }
    await course.progress.step(stack, (say) => applyOne(one, { ...course, say }));
  }
  return [];
}

/** Whether it would do anything at all, outputs included. */
export function isEmpty({ shown }: Pick<Applicable, 'shown'>): boolean {
  return !(JSON.parse(shown) as Shown).applyable;
}

interface Turn extends Course {
  readonly say: Say;
}

async function applyOne(one: Applicable, { environment, plans, say }: Turn): Promise<string> {
  const { planned, stack, folder } = one;
  if (isEmpty(one)) return 'nothing to change';
  const key = await stateKey(folder);
  if (isSame(await readStanding(environment, key), planned)) {
    const saved = await readMade(join(plans, planned.plan), planned.sha256);
    const told = await applyFile(stack, { saved, folder, say });
    if (told !== undefined) return told;
  }
  const { isEmpty: isDone } = await stack.plan(say, { locks: false });
  if (isDone) return 'applied already';
  const fresh = readPlan(await stack.shownPlan(), stack.name);
  const reviewed = readPlan(one.shown, stack.name);
  throw stale({
    stack: stack.name,
    environment: environment.name,
    before: planned,
    now: await readStanding(environment, key),
    reviewed: review([reviewed]).findings,
    fresh: review([fresh]).findings,
  });
}

/** @returns nothing where the state was written in the very last moment */
async function applyFile(
  stack: Stack,
  { saved, folder, say }: { readonly saved: Buffer; readonly folder: string; readonly say: Say },
): Promise<string | undefined> {
  await stack.connect();
  await writeFile(join(folder, PLAN_FILE), saved, { mode: 0o600 });
  try {
    const { address, seconds } = (await stack.apply(say)).longest();
    return address === '' ? 'applied' : `applied; ${address} took ${duration(seconds)}`;
  } catch (error) {
    if (error instanceof TerraformFailed && /saved plan is stale/i.test(error.message)) {
      return undefined;
    }
    throw error;
  }
}

function isSame(now: Standing, planned: Standing): boolean {
  return now.serial === planned.serial && now.lineage === planned.lineage;
}
