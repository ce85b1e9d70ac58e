/** Every request of the steady load, by when it was sent. */
export interface Outcome {
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Absent when it was answered as it should. */
  readonly failure?: string;
}

export interface Tally {
  readonly requests: number;
  readonly failed: readonly Outcome[];
}

/** @param until Unix time in milliseconds. @default now */
export function tally(outcomes: readonly Outcome[], since: number, until = Infinity): Tally {
  const those = outcomes.filter(({ at }) => at >= since && at <= until);
  return { requests: those.length, failed: those.filter(({ failure }) => failure !== undefined) };
}

/** The first few, a line each. */
export function describeFailures({ requests, failed }: Tally, shown = 5): string {
  const lines = failed.slice(0, shown).map(({ at, method, path, failure = '' }) => {
    const time = new Date(at).toISOString().slice(11, 23);
    return `${time} ${method} ${path}: ${failure}`;
  });
  const more = failed.length > shown ? [`and ${failed.length - shown} more`] : [];
  return [`${failed.length} of ${requests} requests failed`, ...lines, ...more].join('\n');
}
