/** Waivers as a table for people; those that differ in their path alone share a row. */
import { columns } from '../environments/columns.ts';
import type { Listed } from './list.ts';

const HEADING = ['last day', 'left', 'rule', 'where', 'matches', 'owner', 'why'];

/** @param width characters of a line */
export function page(waivers: readonly Listed[], width: number): string {
  if (waivers.length === 0) return 'there are no waivers';
  const groups = Map.groupBy(waivers, ({ rule, reason, owner, expires }) =>
    JSON.stringify([expires, rule, reason, owner]),
  );
  const rows = [...groups.values()].map(row);
  return columns([HEADING, ...rows], width).join('\n');
}

function row(group: readonly Listed[]): string[] {
  const [{ expires, daysLeft, rule, owner, reason }] = group as [Listed];
  return [
    expires,
    daysLeft < 0 ? 'over' : `${daysLeft} days`,
    rule,
    group.map(({ path }) => path).join(', '),
    matchedText(group),
    owner,
    reason,
  ];
}

function matchedText(group: readonly Listed[]): string {
  if (group.some(({ matchesNothing }) => matchesNothing)) return 'NOTHING';
  const count = group.flatMap(({ matched }) => matched).length;
  const environments = new Set(group.flatMap(({ environments: names }) => names)).size;
  if (count === 0) return 'none here';
  return environments === 0 ? `${count}, account` : `${count} in ${environments}`;
}
