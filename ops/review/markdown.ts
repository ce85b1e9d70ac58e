/** A review as a comment on a pull request: what needs a yes first, the rest folded. */
import { findingLines, inOneLine, LENGTHS } from './markdown-findings.ts';
import { code, fitting, folded, prose, sizeOf } from './markdown-text.ts';
import { asMermaid } from './mermaid.ts';
import { RANKS } from './ranks.ts';
import { approvalsNeeded, type Review } from './review.ts';
import { type Group, groupsOf, provisionalLines, verdictOf } from './verdict.ts';

/** Bytes. GitHub takes 65,536 characters; the rest is for what a pipeline adds. */
const MOST = 60_000;

/** Bytes that the list of plans may take. */
const DIGESTS = 6000;

/** In the place of the names that a person says yes to. */
const NO_ROOM = [
  'What an approval is for has no room here: see `approvals` of the review as JSON.',
  '',
];

/** Ranks of which nothing is left out: what cannot be undone, and what people notice at once. */
const NEVER_CUT = 2;

/** @returns less than 65,536 characters, however large the plans are */
export function asMarkdown(review: Review): string {
  const groups = groupsOf(review.findings);
  const digests = folded('Plans', fitting(digestLines(review), DIGESTS));
  const risky = groups.filter(({ rank }) => rank.needsApproval);
  const lines = [...headOf(review, groups), ''];
  const left = () => MOST - sizeOf(lines) - sizeOf(digests) - sizeOf(NO_ROOM);
  lines.push(...inWholeOrCut(risky, left()));
  const rest = groups.filter(({ rank }) => !rank.needsApproval);
  const names = approvals(review);
  for (const fold of [restOf(rest, left() / 2), pictureOf(review), names]) {
    if (sizeOf(fold) <= left()) lines.push(...fold);
    else if (fold === names) lines.push(...NO_ROOM);
  }
  return [...lines, ...digests].join('\n');
}

function headOf(review: Review, groups: readonly Group[]): string[] {
  const provisional = provisionalLines(review).map((line) => `- ${prose(line)}`);
  return [
    `### ${verdictOf(review)}`,
    '',
    ...(groups.length === 0 ? [] : countsTable(groups)),
    ...fitting(provisional, DIGESTS),
  ];
}

function countsTable(groups: readonly Group[]): string[] {
  return [
    row(groups.map(({ rank }) => rank.title)),
    row(groups.map(() => '---:')),
    row(groups.map(({ findings }) => findings.length)),
    '',
  ];
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The worst ranks in the longest form that fits, then the others; only of these some are left out. */
function inWholeOrCut(risky: readonly Group[], size: number): string[] {
  const worst = longest(risky.filter(isWorst), size);
  const others = risky.filter((group) => !isWorst(group));
  return [...worst, ...longest(others, size - sizeOf(worst))];
}

function isWorst({ rank }: Group): boolean {
  return RANKS.slice(0, NEVER_CUT).includes(rank);
}

function longest(groups: readonly Group[], size: number): string[] {
  const forms = LENGTHS.map((length) => findingLines(groups, length));
  const fits = forms.find((lines) => sizeOf(lines) <= size);
  return fits ?? fitting(forms.at(-1) ?? [], size);
}

/** Names that an approval is given for. */
function approvals(review: Review): string[] {
  const names = approvalsNeeded(review);
  if (names.length === 0) return [];
  return folded(
    'What an approval is for',
    names.map((name) => `- needs approval: ${code(name)}`),
  );
}

function restOf(groups: readonly Group[], size: number): string[] {
  if (groups.length === 0) return [];
  const counts = groups.map(
    ({ rank, findings }) => `${rank.title.toLowerCase()} ${findings.length}`,
  );
  const lines = groups.flatMap(({ rank, findings }) => [
    `#### ${rank.title}`,
    ...findings.map((finding) => inOneLine(finding)),
    '',
  ]);
  return folded(`The rest: ${counts.join(', ')}`, fitting(lines, size));
}

function digestLines({ plans }: Review): string[] {
  return plans.map(
    ({ stack, sha256, terraform }) =>
      `- ${code(stack)}: SHA-256 ${code(sha256)}, Terraform ${code(terraform)}`,
  );
}

function pictureOf(review: Review): string[] {
  const picture = asMermaid(review);
  if (picture === undefined) return [];
  return folded('What changes where', ['```mermaid', picture, '```']);
}
