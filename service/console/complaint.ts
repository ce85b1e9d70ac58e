/** What PostgreSQL says against a statement, with the place it means. */
import type { DatabaseError } from 'pg';

/** As psql shows it. */
export function complaint(statement: string, error: DatabaseError): string {
  const { severity = 'ERROR', message, code = '', position, detail, hint } = error;
  return [
    `${severity}: ${message} (${code})`,
    ...(position === undefined ? [] : place(statement, Number(position))),
    ...(detail === undefined ? [] : [`DETAIL: ${detail}`]),
    ...(hint === undefined ? [] : [`HINT: ${hint}`]),
  ].join('\n');
}

/** @param position in characters, from 1 */
function place(statement: string, position: number): string[] {
  const before = Array.from(statement)
    .slice(0, position - 1)
    .join('');
  const lines = before.split('\n');
  const number = lines.length;
  const label = `LINE ${number}: `;
  const column = Array.from(lines.at(-1) ?? '').length;
  return [
    `${label}${statement.split('\n')[number - 1] ?? ''}`,
    `${' '.repeat(label.length + column)}^`,
  ];
}
