/** The most memory that a rehearsal took at one time: its processes, the emulator, the containers. */
import { readFileSync } from 'node:fs';
import { docker } from '../emulator/containers/engine.ts';
import { descendantsOf, markedProcesses } from './processes.ts';
import type { RunRecord } from './run-folder.ts';

/** Milliseconds between two looks. */
const PAUSE = 5000;

interface MemoryWatch {
  /** Megabytes; undefined where nothing could be read, as anywhere but on Linux. */
  readonly peak: () => number | undefined;
  readonly stop: () => void;
}

export function watchMemory({ id, network }: RunRecord): MemoryWatch {
  let peak = 0;
  const look = async () => {
    const kilobytes = await memoryOf(id, network);
    peak = Math.max(peak, kilobytes);
  };
  // A look that fails tells nothing; the next one may.
  const timer = setInterval(() => void look().catch(() => undefined), PAUSE).unref();
  return {
    peak: () => (peak === 0 ? undefined : Math.round(peak / 1024)),
    stop: () => clearInterval(timer),
  };
}

async function memoryOf(id: string, network: string): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const inContainers = descendantsOf(await firstProcesses(network).catch(() => []));
  const all = new Set([process.pid, ...markedProcesses(id), ...inContainers]);
  return Array.from(all, proportionalSize).reduce((sum, size) => sum + size, 0);
}

async function firstProcesses(network: string): Promise<number[]> {
  const containers = await docker('ps', '--quiet', '--filter', `network=${network}`);
  if (containers === '') return [];
  const pids = await docker('inspect', '--format', '{{.State.Pid}}', ...containers.split('\n'));
  return pids.split('\n').map(Number);
}

/** Kilobytes: what processes share is divided among them (proc(5), Pss). */
function proportionalSize(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss: +(\d+) kB$/m.exec(text)?.[1] ?? 0);
  } catch {
    // It has ended, or belongs to somebody else.
    return 0;
  }
}
