/** Findings in Markdown, in full or shorter. */
import type { Finding } from './finding.ts';
import { code, prose } from './markdown-text.ts';
import { cut } from './shown.ts';
import type { Group } from './verdict.ts';

/** Characters; keys of for_each may be of any length. */
const ADDRESS = 400;

interface Length {
  /** Characters of a value; 0 leaves values out. */
  readonly values: number;
  /** Characters of what it means for people. */
  readonly sentences: number;
  /** Whether it says where the resource was made. */
  readonly hasOrigin: boolean;
  /** Whether all that one rule says of one stack is one line. */
  readonly isGrouped: boolean;
}

/** From all that there is to say, to the addresses alone. */
export const LENGTHS: readonly Length[] = [
  { values: 400, sentences: 400, hasOrigin: true, isGrouped: false },
  { values: 40, sentences: 400, hasOrigin: true, isGrouped: false },
  { values: 0, sentences: 80, hasOrigin: false, isGrouped: false },
  { values: 0, sentences: 0, hasOrigin: false, isGrouped: true },
];

/** A heading for each rank, and a line for each finding, or rule. */
export function findingLines(groups: readonly Group[], length: Length): string[] {
  return groups.flatMap(({ rank, findings }) => [
    `#### ${rank.title}`,
    ...(length.isGrouped
      ? byRule(findings)
      : findings.map((finding) => inFull(finding, length).join('\n'))),
    '',
  ]);
}

/** `aws_subnet.a` in `dev-network` is replaced */
export function inOneLine({ stack, address, what }: Finding): string {
  return `- ${code(cut(address, ADDRESS))} in ${code(stack)} ${prose(what)}`;
}

function inFull(finding: Finding, { values, sentences, hasOrigin }: Length): string[] {
  const { stack, address, what, why, rule } = finding;
  const changed = valuesOf(finding, values);
  const origin = [finding.construct, finding.source].flatMap((part) =>
    part === undefined || !hasOrigin ? [] : [code(part)],
  );
  return [
    `- **${code(cut(address, ADDRESS))}** in ${code(stack)} ${prose(cut(what, sentences))}. ${prose(cut(why, sentences))}`,
    ...(changed === '' ? [] : [`  <br>${changed}`]),
    `  <br>${[...origin, `rule ${code(rule)}`].join(', ')}`,
  ];
}

function valuesOf({ attribute, before, after }: Finding, longest: number): string {
  if (longest === 0 || (before ?? after) === undefined) return '';
  const [was, is] = [before, after].map((value) =>
    value === undefined ? '(nothing)' : code(cut(value, longest)),
  );
  return `${attribute === undefined ? '' : `${code(cut(attribute, 120))}: `}${was} → ${is}`;
}

/** An address in a line of its own, so that a comment can end between two of them. */
function byRule(findings: readonly Finding[]): string[] {
  const groups = Map.groupBy(findings, ({ rule, stack }) => `rule ${code(rule)} in ${code(stack)}`);
  return [...groups].flatMap(([name, found]) => {
    const addresses = new Set(found.map(({ address }) => `  ${code(cut(address, ADDRESS))}`));
    return [`- ${name}:`].concat([...addresses]);
  });
}
