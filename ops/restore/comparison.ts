/** Two databases side by side: what a switch brings back, and what it costs. */
import type { Inspection } from '../../service/database/inspection.ts';

interface Side {
  readonly name: string;
  /** Undefined when it cannot be asked. */
  readonly found: Inspection | undefined;
}

/** @returns lines of a table */
export function compare(
  from: Side,
  to: { readonly name: string; readonly found: Inspection },
): string[] {
  const [before, after] = [from.found, to.found];
  return aligned([
    ['', from.name, to.name],
    ...namesOf(after.newest, before?.newest).map((what) => [
      `newest ${what}`,
      before === undefined ? '?' : (before.newest[what] ?? 'none'),
      after.newest[what] ?? 'none',
    ]),
    ...counted(before?.rows, after.rows).map(prefixed),
    ...counted(before?.broken, after.broken),
  ]);
}

const prefixed = ([table = '', ...cells]: readonly string[]) => [`rows of ${table}`].concat(cells);

type Counts = Readonly<Record<string, number>>;

function namesOf(one: object, other: object = {}): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}

function counted(before: Counts | undefined, after: Counts): string[][] {
  return namesOf(after, before).map((name) => {
    const now = after[name] ?? 0;
    if (before === undefined) return [name, '?', String(now)];
    const was = before[name] ?? 0;
    const sign = now > was ? '+' : '';
    return [name, String(was), String(now), now === was ? '' : `${sign}${now - was}`];
  });
}

function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0);
  return lines.map((line) => line.map(cell).join('  ').trimEnd());
}

/**
 * Why the service could not work with it, whatever is migrated; undefined when it can.
 * A schema that is only too old is brought up before the switch.
 */
export function unusable({ schema, broken }: Inspection): string | undefined {
  if (schema.build < schema.minimumBuild) {
    return `its schema needs build ${schema.minimumBuild} or newer, and build ${schema.build} is released: release a newer one first`;
  }
  const wrong = Object.entries(broken).filter(([, count]) => count > 0);
  if (wrong.length === 0) return undefined;
  return `it is not whole: ${wrong.map(([rule, count]) => `${count} ${rule}`).join(', ')}`;
}
