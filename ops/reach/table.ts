/** Findings as a terminal shows them. */
import { columns } from '../environments/columns.ts';
import type { Findings } from './findings.ts';

/** @param width in characters */
export function asTable(name: string, findings: Findings, width: number): string {
  const { ways, looseEnds, problems } = findings;
  const rows = ways.flatMap(({ from, to, port, by }) =>
    by.map((path, index) => (index === 0 ? [from, to, port, path] : ['', '', '', path])),
  );
  const broken = problems.map(({ path, message }) => `${path}: ${message}`);
  return [
    `Who reaches whom in ${name}, as its stacks are written; nothing was asked of AWS.`,
    '',
    ...columns([['from', 'to', 'port', 'by these rules'], ...rows], width),
    '',
    ...list('Loose ends, rules that open nothing', looseEnds, width),
    ...list('Promises broken, or not to be judged', broken, width),
  ].join('\n');
}

function list(title: string, sentences: readonly string[], width: number): string[] {
  if (sentences.length === 0) return [`${title}: none`];
  const lines = sentences.flatMap((sentence) => columns([['-', sentence]], width));
  return [`${title}:`, ...lines];
}
