/** Rows as people read them, or as programs do. */

/** Values as PostgreSQL writes them; null is none. */
type Row = readonly (string | null)[];

export interface Table {
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  readonly rows: readonly Row[];
}

/** Columns below their names, numbers to the right. What is not there is empty, as in psql. */
export function asTable({ columns, rows }: Table): string {
  const cells = rows.map((row) => row.map((value) => shown(value ?? '')));
  const names = columns.map(({ name }) => shown(name));
  const widths = names.map((name, at) =>
    Math.max(...[name, ...cells.map((row) => row[at] ?? '')].map((text) => lengthOf(text))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((text, at) => padded(text, widths[at] ?? 0, columns[at]?.isNumber ?? false))
      .join(' | ')
      .trimEnd();
  return [
    line(names),
    widths.map((width) => '-'.repeat(width)).join('-+-'),
    ...cells.map(line),
  ].join('\n');
}

/** As in RFC 4180, with the names first; an empty text is quoted, and what is not there is not. */
export function asCsv({ columns, rows }: Table): string {
  return [columns.map(({ name }) => name), ...rows]
    .map((row) => row.map(quoted).join(','))
    .join('\n');
}

function quoted(value: string | null): string {
  if (value === null) return '';
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function padded(text: string, width: number, isNumber: boolean): string {
  const blanks = ' '.repeat(width - lengthOf(text));
  return isNumber ? blanks + text : text + blanks;
}

/** What customers wrote must not steer the terminal of whoever reads it. */
function shown(text: string): string {
  return text.replaceAll('\n', '↵').replaceAll(/\p{Cc}/gu, '�');
}

/** In characters, of which some are two units of JavaScript. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
