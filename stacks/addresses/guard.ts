/** A construct that is renamed or regrouped never makes anew what holds data. */
import type { IConstruct } from 'constructs';
import { addressedStacks } from './addressed.ts';
import { compare } from './comparison.ts';
import { elsewhereProblems } from './elsewhere.ts';
import { addMovedBlocks, moveProblems } from './moved-blocks.ts';
import type { Records } from './records.ts';
import type { Move } from './steps.ts';
import { vanishingProblems } from './vanishing.ts';

/**
 * Writes what moved into the stacks, and looks whether anything that exists would be lost.
 * @returns sentences; the program may be synthesised when there are none
 */
export function keepAddresses(
  root: IConstruct,
  records: Records,
  moves: readonly Move[],
): string[] {
  const stacks = addressedStacks(root);
  const problems = moveProblems(stacks, moves);
  if (problems.length > 0) return problems;
  addMovedBlocks(stacks, moves);
  const comparisons = compare(stacks, records, moves);
  return [...elsewhereProblems(comparisons), ...vanishingProblems(comparisons)];
}
