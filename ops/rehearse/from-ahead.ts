/** Plans of this version's stacks against what the earlier one has made, before anything is changed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TerraformFailed } from '../deployment/stack.ts';
import {
  changesByName,
  changesIn,
  type PlannedStack,
  type ShownChanges,
  type Written,
} from './from-plans.ts';
import type { Run } from './run.ts';
import { Stacks } from './stacks.ts';

/** What this version adds to a stack, or a stack that it adds, is not there before that is applied. */
const NOT_THERE_YET =
  /Unable to find remote state|does not have an attribute named "cross-stack-output-[^"]+"/;

/**
 * Begun while the earlier version is still made, since Terraform mostly waits for AWS then.
 * @param applied names of stacks, as they come to be as the earlier version has them
 * @returns in the order in which they are applied. @throws TerraformFailed
 */
export async function planAhead(
  { folder, options, checks }: Run,
  applied: AsyncIterable<string>,
): Promise<PlannedStack[]> {
  const stacks = await Stacks.synthesise(options.environment, folder.make('synth/ahead'));
  const planned = new Map<string, PlannedStack>();
  for await (const name of applied) planned.set(name, await planOf(stacks, name));
  // Nobody asks then.
  if (checks.failed('stand-up') > 0) return [];
  // Of those that the earlier version does not know.
  for (const name of stacks.names) {
    if (!planned.has(name)) planned.set(name, await planOf(stacks, name));
  }
  return stacks.names.flatMap((name) => planned.get(name) ?? []);
}

async function planOf(stacks: Stacks, stack: string): Promise<PlannedStack> {
  try {
    const { shown } = await stacks.planOf(stack);
    return { stack, changes: changesIn(JSON.parse(shown) as ShownChanges) };
  } catch (error) {
    const isEarly = error instanceof TerraformFailed && NOT_THERE_YET.test(error.message);
    if (!isEarly) throw error;
    const changes = changesByName(await writtenOf(stacks, stack), await existing(stacks, stack));
    return { stack, changes, waits: 'by name only: it reads what is not there yet' };
  }
}

async function writtenOf({ folder }: Stacks, stack: string): Promise<Written> {
  return JSON.parse(await readFile(join(folder, stack, 'cdk.tf.json'), 'utf8')) as Written;
}

async function existing(stacks: Stacks, name: string): Promise<string[]> {
  const stack = await stacks.stack(name);
  return stack.resources();
}
