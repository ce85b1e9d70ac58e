/** What a change can do to people, the worst first: the order of every review. */

interface Rank {
  readonly name: string;
  /** As a heading. */
  readonly title: string;
  /** Whether a person must say yes by name; the review then ends with 2. */
  readonly needsApproval: boolean;
}

export const RANKS = [
  { name: 'data-loss', title: 'Data may be lost', needsApproval: true },
  { name: 'downtime', title: 'Something stops answering', needsApproval: true },
  { name: 'exposure', title: 'A way in from outside', needsApproval: true },
  { name: 'power', title: 'Somebody may do more', needsApproval: true },
  { name: 'secrets', title: 'A secret is touched', needsApproval: true },
  { name: 'money', title: 'The bill changes', needsApproval: false },
  { name: 'drift', title: 'Changed by somebody else', needsApproval: false },
  { name: 'cosmetic', title: 'Names and tags', needsApproval: false },
  { name: 'other', title: 'Everything else', needsApproval: false },
] as const satisfies readonly Rank[];

export type RankName = (typeof RANKS)[number]['name'];

export function needsApproval(rank: RankName): boolean {
  return RANKS.some(({ name, needsApproval: needs }) => name === rank && needs);
}
