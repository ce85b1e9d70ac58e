/** Rules that say: one of these is made, or goes. */
import type { Action } from '../change.ts';
import type { RankName } from '../ranks.ts';
import type { Rule } from '../rule.ts';

interface Types {
  readonly id: string;
  readonly rank: RankName;
  readonly on: readonly Action[];
  readonly what: string;
  /** A sentence for each type. */
  readonly why: Readonly<Record<string, string>>;
}

export function byType({ id, rank, on, what, why }: Types): Rule {
  return {
    id,
    rank,
    types: new Set(Object.keys(why)),
    judge: ({ type, action }) => (on.includes(action) ? [{ what, why: why[type] ?? '' }] : []),
  };
}
