/** The docker command, and a corner of the engine that is swept whatever happens. */
import { execFileSync, spawnSync } from 'node:child_process';
import { PROJECT } from '../../contract.ts';

/** Milliseconds and bytes; far above what any command here needs. */
const limits = { timeout: 60_000, maxBuffer: 16 * 1024 * 1024 };

/** @returns what the command wrote. @throws Error with what it complained about */
export function docker(...command: readonly string[]): string {
  return execFileSync('docker', command, { ...limits, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** Of a container that runs to its end, whatever that is. */
export function outcomeOf(...command: readonly string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync('docker', command, { ...limits, encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

/**
 * A network of its own; it and its containers are removed when this process ends: normally, by a
 * failure or by a signal.
 * @returns the options of `docker run` that put a container there
 */
export function openCorner(): string[] {
  const network = `${PROJECT}-check-${process.pid}`;
  const label = `${PROJECT}.check=${network}`;
  process.once('exit', () => sweep(label));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(130));
  }
  docker('network', 'create', '--label', label, network);
  return ['--label', label, '--network', network];
}

/** Nothing asynchronous runs while a process ends. */
function sweep(label: string): void {
  const filter = ['--quiet', '--filter', `label=${label}`];
  const containers = lines(docker('ps', '--all', ...filter));
  if (containers.length > 0) docker('rm', '--force', '--volumes', ...containers);
  const networks = lines(docker('network', 'ls', ...filter));
  if (networks.length > 0) docker('network', 'rm', ...networks);
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
