/** The plans of a folder at a glance: a row for each stack. */
import type { Action } from '../review/change.ts';
import type { Plan } from '../review/plan-document.ts';
import { needs } from './in-order.ts';

const COLUMNS = ['stack', 'adds', 'changes', 'replaces', 'destroys', ''] as const;

export function asTable(plans: readonly Plan[]): string {
  const rows = [COLUMNS, ...plans.map(row)];
  const widths = COLUMNS.map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function row({ stack, changes, provisional }: Plan): string[] {
  const count = (...actions: readonly Action[]) => {
    const { length } = changes.filter(({ action }) => actions.includes(action));
    return length === 0 ? '' : String(length);
  };
  return [
    stack,
    count('create'),
    count('update'),
    count('replace'),
    count('destroy', 'forget'),
    provisional === undefined ? '' : needs(provisional),
  ];
}
