/** Processes by number and start, so that a later one with the same number is told from it. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the words of this machine: to compare, not to read. */
  readonly started: string;
}

/** @returns undefined when there is no such process */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = process.platform === 'linux' ? startOnLinux(pid) : startElsewhere(pid);
  return started === undefined ? undefined : { pid, started };
}

export function isAlive({ pid, started }: ProcessIdentity): boolean {
  return identify(pid)?.started === started;
}

/** Ends it and all that it started, at once. Nothing happens when it is gone. */
export function killTree(target: ProcessIdentity): void {
  if (!isAlive(target)) return;
  // Parents first: they start no others while we are at it.
  for (const pid of descendantsOf([target.pid])) kill(pid);
}

/** Those, and all that they started, parents first. */
export function descendantsOf(pids: readonly number[]): number[] {
  const table = processTable();
  const found: number[] = [];
  for (let generation = [...pids]; generation.length > 0;) {
    found.push(...generation);
    const parents = new Set(generation);
    generation = table.flatMap(([pid, parent]) => (parents.has(parent) ? [pid] : []));
  }
  return found;
}

/** What a rehearsal and all its commands carry in their environment: its id. */
export const MARK = 'STORE_REHEARSAL';

/** Generations that may start others while they are ended. */
const LOOKS = 20;

/** Ends all commands of a rehearsal, whoever their parents were. @returns their numbers */
export function killMarked(id: string): number[] {
  const killed = new Set<number>();
  for (let look = 0; look < LOOKS; look += 1) {
    const found = markedProcesses(id).filter((pid) => pid !== process.pid);
    if (found.length === 0) break;
    for (const pid of found) {
      kill(pid);
      killed.add(pid);
    }
  }
  return [...killed];
}

/** Commands of a rehearsal, by its id. */
export function markedProcesses(id: string): number[] {
  const mark = `${MARK}=${id}`;
  if (process.platform !== 'linux') return markedElsewhere(mark);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => environmentOf(pid).split('\0').includes(mark)).map(Number);
}

/** Empty for somebody else's process, and for one that has ended but was not waited for. */
function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

/** The ps of macOS shows the environment of one's own processes behind the command. */
function markedElsewhere(mark: string): number[] {
  const table = execFileSync('ps', ['-A', '-E', '-ww', '-o', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const rows = table.split('\n').filter((line) => line.split(/\s/).includes(mark));
  return rows.map((line) => Number.parseInt(line, 10));
}

function processTable(): [number, number][] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return table.split('\n').map((line) => {
    const [pid = 0, parent = -1] = line.trim().split(/\s+/).map(Number);
    return [pid, parent];
  });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Ticks since the machine started; what `ps` shows depends on the clock, which may be set. */
function startOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before may hold spaces and brackets. proc(5): state is field 3, starttime is 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startElsewhere(pid: number): string | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return line.trim() === '' ? undefined : line.trim();
  } catch {
    return undefined;
  }
}
