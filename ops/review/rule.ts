/** What a rule is: data, with plans of real Terraform that must and must not fire it. */
import type { PlannedChange } from './change.ts';
import type { RankName } from './ranks.ts';

export interface Rule {
  /** `database-replaced`: people write it in an approval. */
  readonly id: string;
  readonly rank: RankName;
  /** Types of resources that it looks at; of any provider. */
  readonly types: ReadonlySet<string> | 'every';
  /** What is wrong with one change; nothing when the rule has nothing to say. */
  readonly judge: (change: PlannedChange, all: readonly PlannedChange[]) => readonly Remark[];
}

export interface Remark {
  /** `the database is destroyed and made anew`: after the address, in words. */
  readonly what: string;
  /** One sentence: what it means for people. */
  readonly why: string;
  /** Where in the resource; before and after are looked up there, and hidden when sensitive. */
  readonly path?: readonly (string | number)[];
  /** In the place of what stands at the path, where that says too much or too little. */
  readonly before?: string;
  readonly after?: string;
}
