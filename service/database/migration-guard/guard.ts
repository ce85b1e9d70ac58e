/** Before a migration: does it break what serves meanwhile, or make it wait? */
import type { Client } from 'pg';
import { isLarge, isProved } from './catalogue.ts';
import type { Danger } from './danger.ts';
import { type Finding, judge, type Migration } from './judge.ts';
import { NeedsContract } from './needs-contract.ts';

interface Run {
  /** Those that are to be applied, oldest first. */
  readonly pending: readonly Migration[];
  /** Whether nothing was applied yet: there is nothing to lose, and nobody to wait. */
  readonly isFirst: boolean;
  /** Whether somebody said yes. */
  readonly contract: boolean;
}

/**
 * @returns files of those that contract in themselves: they raise the schema's minimum build
 * @throws NeedsContract when somebody has to say yes first
 */
export async function guard(
  owner: Client,
  { pending, isFirst, contract }: Run,
): Promise<ReadonlySet<string>> {
  if (!isFirst && !contract) {
    const findings = await weigh(owner, await judge(pending));
    if (findings.length > 0) throw new NeedsContract(findings);
  }
  // Each by itself: a build that knows the first of two may not live with the second.
  const alone = await Promise.all(pending.map((migration) => judge([migration])));
  const contracting = alone.flat().filter(({ kind }) => kind === 'contracts');
  return new Set((await weigh(owner, contracting)).map(({ file }) => file));
}

/** Leaves out what is harmless in this database. */
async function weigh(owner: Client, findings: readonly Finding[]): Promise<Finding[]> {
  const counted: Finding[] = [];
  for (const finding of findings) {
    if (await counts(owner, finding)) counted.push(finding);
  }
  return counted;
}

async function counts(owner: Client, { kind, tables, unless }: Danger): Promise<boolean> {
  if (unless !== undefined && (await isProved(owner, unless))) return false;
  if (kind === 'contracts' || tables.length === 0) return true;
  for (const table of tables) {
    if (await isLarge(owner, table)) return true;
  }
  return false;
}
