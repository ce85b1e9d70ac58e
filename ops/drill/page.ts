/** The part of docs/reliability.md that `npm run drill` writes. */
import { duration } from '../deployment/progress.ts';
import type { Result } from './conduct.ts';

const BEGIN = '<!-- npm run drill writes from here -->';
const END = '<!-- to here -->';

interface Circumstances {
  /** As it can be typed again. */
  readonly command: string;
  /** ISO date. */
  readonly date: string;
  /** Processor, memory, versions: one line. */
  readonly machine: string;
}

/**
 * @param rounds the results of each time that all drills were run
 * @returns the page with its part exchanged. @throws Error when the page has no place for it
 */
export function withDrills(
  page: string,
  rounds: readonly (readonly Result[])[],
  { command, date, machine }: Circumstances,
): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`the page has no lines ${BEGIN} and ${END}`);
  }
  const last = rounds.at(-1) ?? [];
  const total = last.reduce((sum, { seconds }) => sum + seconds, 0);
  const part = [
    `\`${command}\` on ${date}, ${duration(total)} a time: ${machine}.`,
    table(last, rounds),
  ].join('\n\n');
  return `${before}${BEGIN}\n\n${part}\n\n${END}${after}`;
}

function table(last: readonly Result[], rounds: readonly (readonly Result[])[]): string {
  const rows = last.map(({ drill, outcome: { figures, skipped } }) => {
    const held = rounds.filter((results) => holds(results, drill.name)).length;
    const measured =
      skipped === undefined
        ? figures.map(([name, value]) => `${name}: ${value}`).join('; ')
        : `not tried: ${skipped}`;
    const times = skipped === undefined ? `${held} of ${rounds.length}` : '-';
    return [`\`${drill.name}\``, drill.breaks, drill.promise, times, measured];
  });
  const head = ['drill', 'what is broken', 'what is promised', 'held', 'measured, the last time'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function holds(results: readonly Result[], name: string): boolean {
  return results.some(({ drill, outcome }) => drill.name === name && outcome.broken.length === 0);
}
