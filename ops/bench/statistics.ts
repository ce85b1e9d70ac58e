/** What is said of several rounds: the middle one, and how far apart they were. */

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws RangeError of nothing */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const [min, max] = [sorted.at(0), sorted.at(-1)];
  if (min === undefined || max === undefined) throw new RangeError('no round was measured');
  return { median: middle(sorted), min, max };
}

/** @throws RangeError of nothing */
export function median(values: readonly number[]): number {
  return spread(values).median;
}

/** Of an even number the mean of the two in the middle. */
function middle(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1] ?? 0, sorted[Math.floor(half)] ?? 0];
  return (low + high) / 2;
}

/**
 * Round by round, for a machine that is slow in one round is slow for both.
 * @throws RangeError when they were not measured in the same rounds
 */
export function ratio(ours: readonly number[], theirs: readonly number[]): Spread {
  if (ours.length !== theirs.length) {
    throw new RangeError(`${ours.length} rounds cannot be compared with ${theirs.length}`);
  }
  return spread(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}
