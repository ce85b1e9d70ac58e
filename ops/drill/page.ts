/** The part of docs/reliability.md that `npm run drill` writes. */
import { isHeld, type Result } from './conduct.ts';
import type { Drill } from './drill.ts';
import { DRILLS } from './drills.ts';

const BEGIN = '<!-- npm run drill writes from here -->';
const END = '<!-- to here -->';

interface Circumstances {
  /** ISO date. */
  readonly date: string;
  /** Processor, memory, versions: one line. */
  readonly machine: string;
}

const HEAD = [
  'drill',
  'what is broken',
  'what is promised',
  'held',
  'measured, the last time',
  'when, and on what',
];

/**
 * @param results of one drill, each time that it ran
 * @returns the page with the drill's row exchanged. @throws Error when the page has no place for it
 */
export function withResults(
  page: string,
  results: readonly Result[],
  circumstances: Circumstances,
): string {
  const [before, rest] = page.split(BEGIN);
  const [part, after] = rest?.split(END) ?? [];
  if (before === undefined || part === undefined || after === undefined) {
    throw new Error(`the page has no lines ${BEGIN} and ${END}`);
  }
  const rows = new Map(
    Array.from(part.matchAll(/^\| `([a-z-]+)` .*$/gm), ([own, name]) => [name, own]),
  );
  for (const { drill } of results) rows.set(drill.name, line(row(drill, results, circumstances)));
  const table = [
    line(HEAD),
    line(HEAD.map(() => '---')),
    ...DRILLS.flatMap(({ name }) => rows.get(name) ?? []),
  ];
  return `${before}${BEGIN}\n\n${table.join('\n')}\n\n${END}${after}`;
}

function row(
  { name, breaks, promise }: Drill,
  results: readonly Result[],
  { date, machine }: Circumstances,
): readonly string[] {
  const { figures = [], skipped } = results.at(-1)?.outcome ?? {};
  const held = `${results.filter(isHeld).length} of ${results.length}`;
  const measured = figures.map(([figure, value]) => `${figure}: ${value}`).join('; ');
  return [
    `\`${name}\``,
    breaks,
    promise,
    skipped === undefined ? held : '-',
    skipped === undefined ? measured : `not tried: ${skipped}`,
    `${date}, ${machine}`,
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
