/** What this machine has: Node and packages as the project pins them, Terraform, and what some commands need. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasEngine } from '../rehearse/clean.ts';
import { providerSource, WrongMirror } from '../terraform/providers.ts';
import { NoTerraform, Terraform } from '../terraform/terraform.ts';
import { type Check, type Diagnosis, ok, warning, wrong } from './diagnosis.ts';

const PROJECT_FOLDER = join(import.meta.dirname, '../..');

/** Milliseconds: each of these answers at once, or hangs. */
const PATIENCE = 10_000;

export const TOOLS: readonly Check[] = [
  { what: 'node', look: async () => [nodeVersion(await wantedNode(), process.version)] },
  { what: 'npm ci', look: async () => [await installedPackages()] },
  { what: 'terraform', look: terraform },
  { what: 'git', look: async () => [await git()] },
  { what: 'containers', look: async () => [await containerEngine()] },
  { what: 'python3', look: async () => [await python()] },
];

/** @param wanted without, @param found with a `v` */
export function nodeVersion(wanted: string, found: string): Diagnosis {
  if (found === `v${wanted}`) return ok('node', found);
  const text = `${found}, and the project pins ${wanted}: npm ci, then run commands with npm run`;
  const [major] = wanted.split('.');
  return found.startsWith(`v${major}.`) ? warning('node', text) : wrong('node', text);
}

async function wantedNode(): Promise<string> {
  const { devDependencies } = (await json('package.json')) as {
    devDependencies: Record<string, string>;
  };
  return devDependencies['node'] ?? '';
}

type Packages = Readonly<
  Record<string, { readonly version?: string; readonly optional?: boolean }>
>;

/** @returns names of what is missing or of another version; what is optional may be missing */
export function notAsLocked(locked: Packages, installed: Packages): string[] {
  return Object.entries(locked)
    .filter(([path, { version, optional = false }]) => {
      if (path === '') return false;
      const found = installed[path];
      return found === undefined ? !optional : found.version !== version;
    })
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
}

async function installedPackages(): Promise<Diagnosis> {
  const [locked, installed] = await Promise.all([
    json('package-lock.json'),
    json('node_modules/.package-lock.json').catch(() => undefined),
  ]);
  if (installed === undefined) return wrong('npm ci', 'nothing is installed: npm ci');
  const names = notAsLocked(
    (locked as { packages: Packages }).packages,
    (installed as { packages: Packages }).packages,
  );
  if (names.length === 0) return ok('npm ci', 'what is installed is what is locked');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return wrong('npm ci', `${names.slice(0, 3).join(', ')}${more} are not as locked: npm ci`);
}

async function terraform(): Promise<Diagnosis[]> {
  try {
    const found = await Terraform.find();
    const { output } = await found.run(tmpdir(), 'version', '-json');
    const { terraform_version: version = '', platform = '' } = JSON.parse(output) as Record<
      string,
      string
    >;
    const source = howProvidersCome(await providerSource(platform));
    return [ok('terraform', `${version}, ${platform}`), ok('provider', source)];
  } catch (error) {
    if (error instanceof NoTerraform) return [wrong('terraform', error.message)];
    if (error instanceof WrongMirror) return [wrong('provider', error.message)];
    throw error;
  }
}

/** @param variables as terraform/providers.ts makes them */
export function howProvidersCome(variables: NodeJS.ProcessEnv): string {
  const { TF_CLI_CONFIG_FILE: file, TF_PLUGIN_CACHE_DIR: cache } = variables;
  if (file !== undefined) return `from a folder of this machine (${file})`;
  if (cache !== undefined) return `from Terraform's registry, kept in ${cache}`;
  if ('TF_CLI_CONFIG_FILE' in variables) return 'from a folder that Terraform finds by itself';
  return 'as your own configuration of Terraform says';
}

async function git(): Promise<Diagnosis> {
  const version = await answer('git', '--version');
  if (version === undefined) {
    return wrong(
      'git',
      'not on the PATH: releases name their commit; https://git-scm.com/downloads',
    );
  }
  return ok('git', version.replace('git version ', ''));
}

async function containerEngine(): Promise<Diagnosis> {
  if (await hasEngine()) return ok('containers', 'an engine answers');
  return warning(
    'containers',
    'no engine answers to docker: npm run release cannot build an image',
  );
}

async function python(): Promise<Diagnosis> {
  const version = await answer('python3', '--version');
  if (version !== undefined && isAtLeast(version, [3, 10])) return ok('python3', version);
  return warning(
    'python3',
    `${version ?? 'not on the PATH'}: npm run rehearse and npm run ways-out need 3.10 or newer`,
  );
}

export function isAtLeast(text: string, [major, minor]: readonly [number, number]): boolean {
  const [, found = 0, below = 0] = (/(\d+)\.(\d+)/.exec(text) ?? []).map(Number);
  return found > major || (found === major && below >= minor);
}

async function answer(command: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(command, args, { timeout: PATIENCE });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

async function json(file: string): Promise<unknown> {
  return JSON.parse(await readFile(join(PROJECT_FOLDER, file), 'utf8')) as unknown;
}
