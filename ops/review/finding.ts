/** A remark of a rule on a change, with all that a reader needs to judge it. */
import type { Action } from './change.ts';
import type { Difference } from './differences.ts';
import type { RankName } from './ranks.ts';

export interface Finding {
  readonly rank: RankName;
  /** Of the rule. */
  readonly rule: string;
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  /** What is no change of a resource: an output, drift, its place in the state, a provider's action. */
  readonly action: Action | 'output' | 'drift' | 'move' | 'import' | 'invoke' | 'left-out';
  /** Of a replacement: the new one is there before the old one goes. */
  readonly isGapless?: true;
  readonly what: string;
  readonly why: string;
  /** Dotted, such as `ingress.0.cidr_blocks`. */
  readonly attribute?: string;
  /** As they are shown; never what is sensitive. */
  readonly before?: string;
  readonly after?: string;
  /** `dev-network/vpc/private-a` */
  readonly construct?: string;
  /** `stacks/constructs/vpc.ts:41` */
  readonly source?: string;
  /** All that the change does, in full, with the first finding of a change. */
  readonly differences?: readonly Difference[];
  /** Whether it follows from another image alone. */
  readonly isOfImage?: true;
}
