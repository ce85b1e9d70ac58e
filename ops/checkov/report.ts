/** What a run is worth: a line for each stack, the findings that nobody waived, useless waivers. */
import type { Judged, Judgement, Stale } from './judgement.ts';
import type { Scan } from './scan.ts';

interface StackReport {
  readonly stack: string;
  /** Checks that were content. */
  readonly passed: number;
  readonly waived: number;
  readonly findings: readonly Judged[];
}

export interface Report {
  readonly stacks: readonly StackReport[];
  readonly waived: readonly Judged[];
  readonly stale: readonly Stale[];
  /** Whether checkov alone is content with the exported skips; undefined while it cannot be. */
  readonly agrees: boolean | undefined;
  /** Of stacks, of the waivers as a whole, and of checkov alone. */
  readonly passed: number;
  readonly failed: number;
}

export function reportOf(
  { passed }: Scan,
  { findings, stale }: Judgement,
  agrees: boolean | undefined,
): Report {
  const stacks = [...passed].map(([stack, count]): StackReport => {
    const there = findings.filter((finding) => finding.stack === stack);
    const open = there.filter(({ waiver }) => waiver === undefined);
    return { stack, passed: count, waived: there.length - open.length, findings: open };
  });
  const results = [
    ...stacks.map(({ findings: open }) => open.length === 0),
    stale.length === 0,
    ...(agrees === undefined ? [] : [agrees]),
  ];
  const failed = results.filter((isFine) => !isFine).length;
  const waived = findings.filter(({ waiver }) => waiver !== undefined);
  return { stacks, waived, stale, agrees, passed: results.length - failed, failed };
}

/** The last line is for pipelines that add up. */
export function show({ stacks, stale, agrees, passed, failed }: Report): string {
  const lines = [
    ...stacks.flatMap(stackLines),
    ...waiverLines(stale),
    ...agreementLines(agrees),
    `${passed} passed, ${failed} failed`,
  ];
  return lines.join('\n');
}

function agreementLines(agrees: boolean | undefined): string[] {
  if (agrees === undefined) return [];
  return [`${agrees ? 'ok    ' : 'FAILED'}  checkov alone, with the waivers as its own skips`];
}

function stackLines({ stack, passed, waived, findings }: StackReport): string[] {
  if (findings.length > 0) return [`FAILED  ${stack}`, ...findings.flatMap(findingLines)];
  if (passed + waived === 0) return [`ok      ${stack} (checkov has no check for what is in it)`];
  return [`ok      ${stack} (${passed} checks passed, ${waived} waived)`];
}

function findingLines({ check, title, path, attributes }: Judged): string[] {
  const where = attributes.length === 0 ? '' : `, at ${attributes.join(', ')}`;
  const pattern = path.replace(/^[^/]+-/, '*-');
  return [
    `        ${check}: ${title}`,
    `          ${path}${where}: mend it, or waive it in stacks/waivers.ts (path '${pattern}')`,
  ];
}

function waiverLines(stale: readonly Stale[]): string[] {
  if (stale.length === 0) return ['ok      stacks/waivers.ts: each waiver of a check is needed'];
  return [
    'FAILED  stacks/waivers.ts',
    ...stale.map(
      ({ rule, path, movedTo }) =>
        `        the waiver of ${rule} for ${path}: checkov finds nothing there: ${movedTo === undefined ? 'delete it' : `it has moved, write '${movedTo}'`}`,
    ),
  ];
}
