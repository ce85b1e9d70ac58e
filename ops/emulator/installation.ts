/** MiniStack, installed once into a virtual environment below .data, again when its versions change. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
// Not where STORE_DATA says: each rehearsal has its own, and all share one installation.
const DATA = join(import.meta.dirname, '../../.data');
const INSTALLED = join(DATA, 'emulator');

/** Milliseconds that the whole installation may take; it took six seconds. */
const PATIENCE = 300_000;

/** There can be no emulated AWS here; the message says what is missing. */
export class NoEmulator extends Error {
  override readonly name = 'NoEmulator';
}

/** @returns the Python that has it. @throws NoEmulator */
export async function installedPython(): Promise<string> {
  const python = join(INSTALLED, 'bin/python');
  if (await isCurrent()) return python;
  const made = `${INSTALLED}.new-${process.pid}`;
  try {
    await install(made);
    await exchange(made);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
  return python;
}

/** The list of versions is put in last, so it says that the installation is whole. */
async function isCurrent(): Promise<boolean> {
  const [wanted, present] = await Promise.all([
    readFile(REQUIREMENTS, 'utf8'),
    readFile(join(INSTALLED, 'requirements.txt'), 'utf8').catch(() => undefined),
  ]);
  return wanted === present;
}

async function install(folder: string): Promise<void> {
  await mkdir(DATA, { recursive: true });
  const version = await run('python3 is not on the PATH: 3.10 or newer is needed', 'python3', [
    '-c',
    'import sys; print(sys.version_info >= (3, 10))',
  ]);
  if (version !== 'True') throw new NoEmulator('python3 is too old: 3.10 or newer is needed');
  await run('python3 cannot make a virtual environment', 'python3', ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
  // Seconds; where nothing answers, that is said soon.
  const soon = ['--timeout', '30', '--retries', '1'];
  const what = ['--no-deps', '--requirement', REQUIREMENTS];
  const python = join(folder, 'bin/python');
  await run('MiniStack cannot be installed', python, [...pip, ...soon, ...what]);
  await copyFile(REQUIREMENTS, join(folder, 'requirements.txt'));
}

async function run(problem: string, command: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, args, { timeout: PATIENCE });
    return stdout.trim();
  } catch (error) {
    const { code, stderr = '', stdout = '' } = error as { code?: unknown } & Record<string, string>;
    if (code === 'ENOENT') throw new NoEmulator(problem, { cause: error });
    const said = `${stdout}\n${stderr}`.trim().split('\n').at(-1) ?? '';
    throw new NoEmulator(`${problem}: ${said}`, { cause: error });
  }
}

/** Two may install at once; the one that comes second uses what the first has put there. */
async function exchange(made: string): Promise<void> {
  if (await isCurrent()) return;
  await rm(INSTALLED, { recursive: true, force: true });
  await rename(made, INSTALLED).catch(async (error: unknown) => {
    if (!(await isCurrent())) throw error;
  });
}
