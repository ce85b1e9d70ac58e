/** A review for whoever made the plan: what needs a yes in full, the rest in short. */
import { styleText } from 'node:util';
import type { Finding } from './finding.ts';
import { approvalsNeeded, type Review } from './review.ts';
import { type Group, groupsOf, provisionalLines, verdictOf } from './verdict.ts';

/** In the place of a value that there is not. */
const NOTHING = '(nothing)';

/** Lines of a rank that nobody must approve. */
const MOST = 10;

export function asTerminal(review: Review): string {
  const groups = groupsOf(review.findings);
  const colour = groups[0]?.rank.needsApproval === true ? 'red' : 'green';
  const counts = groups.map(({ rank, findings }) => `${rank.name} ${findings.length}`);
  return [
    styleText(['bold', colour], verdictOf(review)),
    ...(counts.length === 0 ? [] : [`  ${counts.join(', ')}`]),
    ...provisionalLines(review).map((line) => `  ${styleText('yellow', line)}`),
    ...groups.flatMap((group) => [''].concat(shownGroup(group))),
    '',
    ...approvalsNeeded(review).map((name) => `needs approval: ${name}`),
    ...review.plans.map(({ stack, sha256 }) => `sha256 of ${stack}: ${sha256}`),
    '',
  ].join('\n');
}

function shownGroup({ rank, findings }: Group): string[] {
  const { title, needsApproval, name } = rank;
  if (needsApproval) return [styleText('bold', title), ...findings.flatMap(inFull)];
  const heading = `${title} (${findings.length})`;
  if (name === 'cosmetic') return [heading];
  const told = findings.filter(({ action }) => action !== 'output');
  const rest = findings.length - Math.min(told.length, MOST);
  return [
    heading,
    ...told.slice(0, MOST).map((finding) => `  ${head(finding)}`),
    ...(rest === 0 ? [] : [`  … and ${rest} more: --format json`]),
  ];
}

function inFull(finding: Finding): string[] {
  const { why, attribute, before, after, construct, source } = finding;
  const origin = [construct, source].filter((part) => part !== undefined).join('  ');
  const values = `${before || NOTHING} → ${after || NOTHING}`;
  return [
    `  ${head(finding)}`,
    `    ${why}`,
    ...((before ?? after) === undefined
      ? []
      : [`    ${attribute === undefined ? '' : `${attribute}: `}${values}`]),
    ...(origin === '' ? [] : [`    ${styleText('dim', origin)}`]),
  ];
}

function head({ stack, address, what }: Finding): string {
  return `${stack}  ${styleText('bold', address)} ${what}`;
}
