/** What a release would do, as far as it can be known before it begins. */
import { requireAccount } from '../deployment/account.ts';
import { type EnvironmentStacks, STACKS, withStacks } from '../deployment/environment-stacks.ts';
import { Progress } from '../deployment/progress.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { summary } from '../deployment/story.ts';

/** Stacks whose outputs a stack reads. */
const UPSTREAM: Readonly<Record<string, readonly (typeof STACKS)[number][]>> = {
  database: ['network'],
  migration: ['network', 'database'],
  service: ['network', 'identity', 'database'],
};

/** Changes nothing; plans that need what is not there yet are said to wait for it. */
export async function dryRelease(table: Table, name: string): Promise<void> {
  const { environment } = find(table, name);
  await requireAccount(environment);
  const progress = new Progress();
  await withStacks(table, environment, async (stacks) => {
    for (const stack of STACKS) await look(stack, stacks, progress);
  });
  progress.line('\nNothing was changed. A release would also bring the image, and migrate.');
}

async function look(
  name: (typeof STACKS)[number],
  stacks: EnvironmentStacks,
  progress: Progress,
): Promise<void> {
  const stack = stacks[name];
  await progress.step(stack.name, async (say) => {
    const missing = await missingUpstream(UPSTREAM[name] ?? [], stacks);
    if (missing.length > 0) return `waits for ${missing.join(' and ')}, not applied yet`;
    const { isEmpty, changes } = await stack.plan(say, { locks: false });
    return isEmpty ? 'nothing to change' : summary(changes);
  });
}

async function missingUpstream(
  names: readonly (typeof STACKS)[number][],
  stacks: EnvironmentStacks,
): Promise<string[]> {
  const missing: string[] = [];
  for (const name of names) {
    const outputs = await stacks[name].outputs();
    if (Object.keys(outputs).length === 0) missing.push(stacks[name].name);
  }
  return missing;
}
