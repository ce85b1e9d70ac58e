/** The name that was probably meant: at most a third of its letters are otherwise. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const [nearest] = names
    .map((name) => ({ name, changes: changes(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, changes: count }) => count <= Math.max(1, Math.floor(name.length / 3)))
    .toSorted((one, other) => one.changes - other.changes);
  return nearest?.name;
}

/** How many letters to add, to drop or to change until one word is the other (Levenshtein). */
function changes(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of one.split('').entries()) {
    const line = [row + 1];
    for (const [column, wanted] of other.split('').entries()) {
      const [change = 0, drop = 0] = before.slice(column);
      line.push(Math.min(change + (letter === wanted ? 0 : 1), drop + 1, (line[column] ?? 0) + 1));
    }
    before = line;
  }
  return before.at(-1) ?? 0;
}
