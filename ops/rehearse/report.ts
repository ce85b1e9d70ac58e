/** The report of a rehearsal: what was done, what held, and what a green one does not say. */
import type { INJECTED } from '../emulator/containers/injected.ts';
import type { Unused } from '../permissions/judgement.ts';
import type { CheckResult } from './checks.ts';
import type { CommandTime } from './commands.ts';
import type { EarlierCommit } from './earlier-commit.ts';
import { COLUMNS, type PlannedStack, rowsOf } from './from-plans.ts';
import type { GapFiller } from './inventory.ts';
import type { NOT_PROVED } from './not-proved.ts';
import type { Outcome } from './outcomes.ts';
import { duration } from '../deployment/progress.ts';

export interface StepResult {
  readonly step: string;
  /** Interrupted: everything ended while it was under way. */
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'interrupted';
  readonly seconds: number;
  /** Why it was skipped. */
  readonly why?: string;
}

export interface Report {
  readonly id: string;
  readonly environment: string;
  readonly command: string;
  /** ISO 8601. */
  readonly began: string;
  readonly seconds: number;
  /** Why it did not come to its end; absent when it did. */
  readonly ended?: string;
  /** Megabytes of all its processes and containers; absent where that cannot be read. */
  readonly peakMemory?: number;
  readonly steps: readonly StepResult[];
  readonly checks: readonly CheckResult[];
  readonly load: readonly {
    readonly step: string;
    readonly requests: number;
    readonly failed: readonly Outcome[];
  }[];
  /** Of the whole load: steps that ran side by side share their requests. */
  readonly requests: { readonly sent: number; readonly failed: number };
  readonly times: readonly CommandTime[];
  /** Resources by type. */
  readonly created: Readonly<Record<string, number>>;
  /** What was stood up first; absent where that was this version. */
  readonly from?: EarlierCommit;
  /** What this version does to that one; absent without one. */
  readonly planned?: readonly PlannedStack[];
  readonly overrides: readonly string[];
  readonly injected: typeof INJECTED;
  readonly drift: readonly string[];
  /** What roles may do and never did. */
  readonly unused: readonly Unused[];
  readonly leftOut: readonly string[];
  readonly gapFillers: readonly GapFiller[];
  readonly notProved: typeof NOT_PROVED;
  readonly versions: Readonly<Record<string, string>>;
}

export function toMarkdown(report: Report): string {
  const { environment, id, began, seconds, checks, command, ended, requests } = report;
  const failed = checks.filter(({ failure }) => failure !== undefined).length;
  return [
    `# ${ended === undefined ? '' : 'Broken off: '}Rehearsal of ${environment}, ${id}`,
    ended === undefined ? '' : `**It did not come to its end: ${ended}.**`,
    `\`${command}\`, begun ${began}, ${duration(seconds)}: ${checks.length - failed} checks passed, ${failed} failed. ${requests.sent} requests under load, ${requests.failed} failed.`,
    report.peakMemory === undefined ? '' : `Peak memory: ${report.peakMemory} MB.`,
    section('Left out', list(report.leftOut)),
    section('Steps', stepTable(report)),
    section('Checks', checkList(checks)),
    section('Where the time went', timeTable(report.times)),
    section('What this version changes', changeTable(report)),
    section('What was created', createdTable(report.created)),
    section('What roles may do and never did', unusedTable(report.unused)),
    section('Otherwise than on AWS', otherwise(report)),
    section('Not proved', table(['not proved', 'because'], report.notProved.map(notProvedRow))),
    section('Gap fillers', table(['file', 'what it does'], report.gapFillers.map(fillerRow))),
    section('Versions', table(['what', 'version'], Object.entries(report.versions))),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

const notProvedRow = ({ what, because }: Report['notProved'][number]) => [what, because];
const fillerRow = ({ file, says }: GapFiller) => [`\`ops/emulator/${file}\``, says];

function section(title: string, body: string): string {
  return body === '' ? '' : `## ${title}\n\n${body}`;
}

function stepTable({ steps, load }: Report): string {
  const rows = steps.map(({ step, outcome, seconds, why }) => {
    const sent = load.find((entry) => entry.step === step);
    const requests = sent === undefined ? '' : String(sent.requests);
    const failures = sent === undefined ? '' : String(sent.failed.length);
    const said = why === undefined ? outcome : `${outcome}: ${why}`;
    return [step, said, duration(seconds), requests, failures];
  });
  return table(['step', 'outcome', 'time', 'requests', 'failed'], rows);
}

/** Seconds from which on a command is worth a line. */
const LONG = 5;

function timeTable(times: readonly CommandTime[]): string {
  const rows = times
    .filter(({ seconds }) => seconds >= LONG)
    .map(({ command, seconds, parts }) => [command, duration(seconds), parts.join('; ')]);
  return table(['command', 'time', 'longest of it'], rows);
}

function checkList(checks: readonly CheckResult[]): string {
  const groups = Map.groupBy(checks, ({ step }) => step);
  return [...groups]
    .map(([step, those]) => `${step}:\n\n${those.map(checkLine).join('\n')}`)
    .join('\n\n');
}

function checkLine({ name, failure }: CheckResult): string {
  if (failure === undefined) return `- ok: ${name}`;
  return `- **failed**: ${name}\n\n${failure.replaceAll(/^/gm, '      ')}\n`;
}

function createdTable(created: Report['created']): string {
  const rows = Object.entries(created).toSorted(([one], [other]) => one.localeCompare(other));
  if (rows.length === 0) return '';
  const total = rows.reduce((sum, [, count]) => sum + count, 0);
  const body = table(
    ['type', 'count'],
    rows.map(([type, count]) => [type, String(count)]),
  );
  return `${total} resources of ${rows.length} types.\n\n${body}`;
}

function unusedTable(roles: Report['unused']): string {
  const rows = roles.map(({ role, calls, allowed, unused }) => [
    role,
    String(calls),
    `${unused.length} of ${allowed}`,
    unused.join(' '),
  ]);
  return table(['role', 'calls that differ', 'never used', 'these'], rows);
}

function changeTable({ from, planned }: Report): string {
  if (from === undefined || planned === undefined) return '';
  return `From ${from.name}, ${from.commit}:\n\n${table(COLUMNS, rowsOf(planned))}`;
}

function otherwise({ overrides, injected, drift }: Report): string {
  const given = injected.map(({ variable, why }) => `\`${variable}\`: ${why}`);
  return [
    `Overrides beside the synthesised stacks:\n\n${list(overrides) || '- none'}`,
    `Variables that tasks get beyond their definition:\n\n${list(given) || '- none'}`,
    `Drift of second plans that is the emulator's own:\n\n${list(drift) || '- none'}`,
  ].join('\n\n');
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return [head, head.map(() => '---'), ...rows].map(row).join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
