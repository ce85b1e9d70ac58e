/** Programs in Python, each installed once into a virtual environment below .data, again when its versions change. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

// Not where STORE_DATA says: each rehearsal has its own, and all share one installation.
const DATA = join(import.meta.dirname, '../../.data');

/** Milliseconds that a whole installation may take; the longest took forty seconds. */
const PATIENCE = 300_000;

export interface Packages {
  /** As people know it. */
  readonly title: string;
  /** Of the folder below .data. */
  readonly folder: string;
  /** A file that freezes every package, also those that others need. */
  readonly requirements: string;
  /** The oldest Python that has all of them. */
  readonly atLeast: readonly [major: number, minor: number];
}

/** It cannot be installed here; the message says what is missing. */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled';
}

/** @returns the Python that has the packages. @throws NotInstalled */
export async function pythonWith(packages: Packages): Promise<string> {
  const installed = join(DATA, packages.folder);
  const python = join(installed, 'bin/python');
  if (await isCurrent(installed, packages)) return python;
  const made = `${installed}.new-${process.pid}`;
  try {
    await install(made, packages);
    await exchange(made, installed, packages);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
  return python;
}

/** The list of versions is put in last, so it says that the installation is whole. */
async function isCurrent(installed: string, { requirements }: Packages): Promise<boolean> {
  const [wanted, present] = await Promise.all([
    readFile(requirements, 'utf8'),
    readFile(join(installed, 'requirements.txt'), 'utf8').catch(() => undefined),
  ]);
  return wanted === present;
}

async function install(made: string, packages: Packages): Promise<void> {
  const { title, requirements, atLeast } = packages;
  await mkdir(DATA, { recursive: true });
  const needed = `${atLeast.join('.')} or newer is needed for ${title}`;
  const isNewEnough = await run(`python3 is not on the PATH: ${needed}`, 'python3', [
    '-c',
    `import sys; print(sys.version_info >= (${atLeast.join(', ')}))`,
  ]);
  if (isNewEnough !== 'True') throw new NotInstalled(`python3 is too old: ${needed}`);
  await run('python3 cannot make a virtual environment', 'python3', ['-m', 'venv', made]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
  // Seconds; where nothing answers, that is said soon.
  const soon = ['--timeout', '30', '--retries', '1'];
  const what = ['--no-deps', '--requirement', requirements];
  const python = join(made, 'bin/python');
  await run(`${title} cannot be installed`, python, [...pip, ...soon, ...what]);
  await copyFile(requirements, join(made, 'requirements.txt'));
}

async function run(problem: string, command: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, args, { timeout: PATIENCE });
    return stdout.trim();
  } catch (error) {
    const { code, stderr = '', stdout = '' } = error as { code?: unknown } & Record<string, string>;
    if (code === 'ENOENT') throw new NotInstalled(problem, { cause: error });
    const said = `${stdout}\n${stderr}`.trim().split('\n').at(-1) ?? '';
    throw new NotInstalled(`${problem}: ${said}`, { cause: error });
  }
}

/** Two may install at once; the one that comes second uses what the first has put there. */
async function exchange(made: string, installed: string, packages: Packages): Promise<void> {
  if (await isCurrent(installed, packages)) return;
  await rm(installed, { recursive: true, force: true });
  await rename(made, installed).catch(async (error: unknown) => {
    if (!(await isCurrent(installed, packages))) throw error;
  });
}
