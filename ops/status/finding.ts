/** One thing that was looked at: what it is like, and whether that is well. */
export interface Finding {
  readonly what: string;
  readonly text: string;
  readonly isWell: boolean;
}

export function well(what: string, text: string): Finding {
  return { what, text, isWell: true };
}

export function notWell(what: string, text: string): Finding {
  return { what, text, isWell: false };
}

/** @param isWell whether it is. */
export function found(what: string, text: string, isWell: boolean): Finding {
  return { what, text, isWell };
}

/** A line for each, what is not well marked; the last one says how many those are. */
export function asText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.map(
    ({ what, text, isWell }) => `${isWell ? 'ok  ' : 'NOT '} ${what.padEnd(width)}  ${text}`,
  );
  const bad = findings.filter(({ isWell }) => !isWell).length;
  const end = bad === 0 ? 'All is well.' : `${bad} of ${findings.length} are not well.`;
  return [...lines, '', end].join('\n');
}

/** `2 hours ago`, for people; `--json` has no need of it. */
export function ago(moment: Date, now = Date.now()): string {
  const minutes = Math.max(0, Math.round((now - moment.getTime()) / 60_000));
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} hours ago`;
  return `${Math.round(minutes / 1440)} days ago`;
}
