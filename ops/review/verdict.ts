/** A review in one line, and in figures. */
import type { Finding } from './finding.ts';
import { needsApproval, type RankName, RANKS } from './ranks.ts';
import type { Review } from './review.ts';

type Rank = (typeof RANKS)[number];

export interface Group {
  readonly rank: Rank;
  readonly findings: readonly Finding[];
}

/** Findings by rank, the worst first; ranks without any are left out. */
export function groupsOf(findings: readonly Finding[]): Group[] {
  const byRank = Map.groupBy(findings, ({ rank }) => rank);
  return RANKS.map((rank) => ({ rank, findings: byRank.get(rank.name) ?? [] })).filter(
    (group) => group.findings.length > 0,
  );
}

export function countsOf({ findings }: Review): Readonly<Partial<Record<RankName, number>>> {
  return Object.fromEntries(
    groupsOf(findings).map(({ rank, findings: { length } }) => [rank.name, length]),
  );
}

/** What decides, in one line. */
export function verdictOf({ findings }: Review): string {
  const [worst] = groupsOf(findings);
  const risky = findings.filter(({ rank }) => needsApproval(rank)).length;
  if (worst === undefined) return 'No changes';
  if (risky > 0) {
    const verb = risky === 1 ? 'finding needs' : 'findings need';
    return `${risky} ${verb} approval, the worst: ${worst.rank.title.toLowerCase()}`;
  }
  const changed = new Set(
    findings.filter(isChange).map(({ stack, address }) => `${stack} ${address}`),
  ).size;
  if (changed === 0) return 'No resource changes';
  return `Nothing risky in ${changed} ${changed === 1 ? 'change' : 'changes'}`;
}

/** One line for each plan that was made before what it builds on. */
export function provisionalLines({ plans }: Review): string[] {
  return plans
    .filter(({ provisional }) => provisional !== undefined)
    .map(
      ({ stack, provisional = [] }) =>
        `${stack} is provisional: needs ${provisional.join(', ')} first`,
    );
}

function isChange({ action }: Finding): boolean {
  return action !== 'drift' && action !== 'output';
}
