/** Text in columns that fit a width. */

/** Spaces between two columns. */
const GAP = 2;
/** Characters below which no column shrinks: then it is better to be wider than the terminal. */
const NARROWEST = 12;

/** Lines of rows whose cells are below each other; the first column keeps its width. */
export function columns(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = widthsOf(rows, width);
  return rows.flatMap((row) => {
    const cells = row.map((text, column) => wrap(text, widths[column] ?? text.length));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((lines, column) => (lines[line] ?? '').padEnd((widths[column] ?? 0) + GAP))
        .join('')
        .trimEnd(),
    );
  });
}

/** What each column needs; where that is too much, the widest give way. */
function widthsOf(rows: readonly (readonly string[])[], width: number): number[] {
  const [first = 0, ...others] = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const room = width - first - others.length * GAP;
  while (sum(others) > room && Math.max(...others) > NARROWEST) {
    const widest = others.indexOf(Math.max(...others));
    others[widest] = (others[widest] ?? 0) - 1;
  }
  return [first, ...others];
}

/** Cut after a space or another separator where there is one in the second half of a line. */
function wrap(text: string, width: number): string[] {
  if (text.length <= width) return [text];
  const line = text.slice(0, width);
  const ends = [line.lastIndexOf(' '), line.search(/[,./-][^,./-]*$/)].map((index) => index + 1);
  const cut = ends.find((end) => end > width / 2) ?? width;
  return [text.slice(0, cut).trimEnd(), ...wrap(text.slice(cut).trimStart(), width)];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
