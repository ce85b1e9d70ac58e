/** What processes cost: from /proc, so on Linux only. Elsewhere it is not measured. */
import { readFileSync, writeFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own clock (man 5 proc). */
const TICKS_PER_SECOND = 100;
/** Columns of /proc/<pid>/stat behind the command's name: utime and stime. */
const [USER, SYSTEM] = [11, 12];

/** Seconds of processor time so far, all threads; undefined where it cannot be known. */
export function processorSeconds(pids: readonly number[]): number | undefined {
  return sum(pids, (pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold blanks and brackets.
    const columns = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(columns[USER]) + Number(columns[SYSTEM])) / TICKS_PER_SECOND;
  });
}

/** Millions of bytes: the most memory at once since `forgetPeak`; undefined as above. */
export function peakMemory(pids: readonly number[]): number | undefined {
  return sum(pids, (pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / 1e6;
  });
}

export function forgetPeak(pids: readonly number[]): void {
  // man 5 proc: 5 sets the peak to what it is now.
  attempt(() => pids.forEach((pid) => writeFileSync(`/proc/${pid}/clear_refs`, '5')));
}

function sum(pids: readonly number[], of: (pid: number) => number): number | undefined {
  return attempt(() => pids.reduce((total, pid) => total + of(pid), 0));
}

function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
