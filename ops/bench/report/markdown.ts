/** Figures as people read them, and tables of Markdown. */
import { type Spread, spread } from '../statistics.ts';

/** @param columns the first is text, all others are figures */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = columns.map((_, index) => (index === 0 ? '---' : '---:'));
  return [columns, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The same with texts in all columns. */
export function textTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return table(columns, rows).replaceAll('---:', '---');
}

/** What was not measured. */
export const NONE = '–';

/** `24,700`, or `0.48` where a whole number would hide it. */
function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(value < 1 ? 2 : 3);
}

/** A whole number, of rows for example. */
export function whole(value: number): string {
  return value.toLocaleString('en');
}

/** The one in the middle, `NONE` of nothing. */
export function middle(values: readonly (number | undefined)[]): string {
  const found = values.filter((value) => value !== undefined);
  return found.length === 0 ? NONE : figure(spread(found).median);
}

/** `24,700 [23,100–25,900]`. */
export function withSpread(values: readonly number[]): string {
  const { median, min, max }: Spread = spread(values);
  return `${figure(median)} [${figure(min)}–${figure(max)}]`;
}
