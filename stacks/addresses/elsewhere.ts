/** A record and the table that name different accounts or regions for one environment. */
import type { Comparison } from './comparison.ts';
import type { Whereabouts } from './records.ts';

/** Whether what is recorded exists in another account or region than the program is for. */
export function isElsewhere({ where, stack }: Comparison): boolean {
  if (where === undefined || stack === undefined) return false;
  const { accountId, region } = stack.stack.place;
  return where.accountId !== accountId || where.region !== region;
}

/** Sentences; one for each environment. */
export function elsewhereProblems(comparisons: readonly Comparison[]): string[] {
  const groups = Map.groupBy(comparisons.filter(isElsewhere), labelOf);
  return [...groups].map(([label, members]) => {
    const [{ where, stack }] = members as [Comparison];
    return [
      `${members.map(({ record }) => record).join(', ')}: recorded in ${said(where)}, and stacks/environments.ts says ${said(stack?.stack.place)}: everything would be built there anew, empty, and what exists would go on existing, with no code.`,
      '  Give the environment its account and region back; for a new one beside it, take another name or suffix.',
      `  To take away what exists: with the old account and region npm run destroy -- ${label} and npm run addresses -- accept ${label} --from-state, and only then the new ones.`,
    ].join('\n');
  });
}

function said(where: Whereabouts | undefined): string {
  return `account ${where?.accountId} in ${where?.region}`;
}

/** By the environment's name in the table, which is what commands are given. */
function labelOf({ stack, record }: Comparison): string {
  const place = stack?.stack.place;
  return place !== undefined && 'name' in place ? String(place.name) : record;
}
