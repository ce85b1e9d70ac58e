/** A plan that was made upon a state that is gone: what would be done now, and what was reviewed. */
import { Refusal } from '../deployment/refusal.ts';
import type { Standing } from '../plan/standing.ts';
import type { Finding } from '../review/finding.ts';
import { unreviewed } from '../review/subset.ts';
import { told } from './told.ts';

interface Difference {
  readonly stack: string;
  readonly environment: string;
  /** Of the state when the plan was made, and of the present one. */
  readonly before: Standing;
  readonly now: Standing;
  /** Of the plan in the folder, and of one that was made just now. */
  readonly reviewed: readonly Finding[];
  readonly fresh: readonly Finding[];
}

/** Says what is new, gone or different among the findings. */
export function stale({ environment, stack, ...found }: Difference): Refusal {
  const lines = differencesOf(found.reviewed, found.fresh);
  const difference =
    lines.length === 0
      ? 'Planned now it would do the same, on the new state.'
      : `Planned now, compared with what was reviewed:\n${lines.join('\n')}`;
  return new Refusal(`${stack}: the plan is stale: ${moved(found)}. ${difference}
Nothing of it was applied. Make and review the plans anew: npm run plan -- ${environment}`);
}

/** A line for each, `new`, `gone` or `differs` before it. */
function differencesOf(reviewed: readonly Finding[], fresh: readonly Finding[]): string[] {
  const come = unreviewed(fresh, reviewed);
  const gone = unreviewed(reviewed, fresh);
  const was = Map.groupBy(gone, subjectOf);
  const is = new Set(come.map(subjectOf));
  return [
    ...come.map((finding) => {
      const twins = was.get(subjectOf(finding));
      return line(twins === undefined ? 'new' : 'differs', told(finding, twins));
    }),
    ...gone
      .filter((finding) => !is.has(subjectOf(finding)))
      .map((finding) => line('gone', told(finding))),
  ];
}

function line(kind: 'new' | 'gone' | 'differs', text: string): string {
  return `  ${kind.padEnd(8)}${text}`;
}

function subjectOf({ rule, address, attribute = '' }: Finding): string {
  return `${rule} ${address} ${attribute}`;
}

function moved({ before, now }: Pick<Difference, 'before' | 'now'>): string {
  if (now.lineage === '') return 'its state is gone';
  if (before.lineage === '') return 'it had no state, and has one now';
  if (before.lineage !== now.lineage) return 'its state is another one than it was';
  return `its state was written since (version ${before.serial}, now ${now.serial})`;
}
