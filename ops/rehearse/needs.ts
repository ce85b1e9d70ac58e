/** What a rehearsal needs of this machine. Everything that is missing is named at once. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { POSTGRES_MAJOR } from '../../stacks/constructs/postgres-parameters.ts';
import { Refusal } from '../deployment/refusal.ts';
import { docker } from '../emulator/containers/engine.ts';
import { installedPython, NoEmulator } from '../emulator/installation.ts';
import { NoTerraform, Terraform } from '../terraform/terraform.ts';
import { hasEngine } from './clean.ts';
import type { Architecture } from './overrides.ts';

const IMAGES = ['node:24-slim', `postgres:${POSTGRES_MAJOR}`];

/** Milliseconds that a registry may take for an image. */
const PULLING = 300_000;

export interface Engine {
  readonly version: string;
  readonly architecture: Architecture;
}

/**
 * @returns the container engine, or undefined without one whose containers this machine reaches:
 * then only the control plane is rehearsed
 * @throws Refusal that names all that is missing, and how to get it
 */
export async function findNeeds(say: (doing: string) => void): Promise<Engine | undefined> {
  say('Terraform, Python, the emulator');
  const missing = [await missingTerraform(), await missingPython()];
  say('the container engine and its images');
  const engine = await findEngine();
  if (engine !== undefined) missing.push(...(await Promise.all(IMAGES.map(missingImage))));
  const lines = missing.filter((line) => line !== undefined);
  if (lines.length === 0) return engine;
  throw new Refusal(`a rehearsal needs more than is here:\n- ${lines.join('\n- ')}`);
}

async function missingTerraform(): Promise<string | undefined> {
  try {
    await Terraform.find();
    return undefined;
  } catch (error) {
    if (error instanceof NoTerraform) return error.message;
    throw error;
  }
}

async function missingPython(): Promise<string | undefined> {
  try {
    await installedPython();
    return undefined;
  } catch (error) {
    if (error instanceof NoEmulator) return error.message;
    throw error;
  }
}

/** Elsewhere engines run in a virtual machine, whose networks this machine has no way to. */
export function isReachable(): boolean {
  return process.platform === 'linux';
}

async function findEngine(): Promise<Engine | undefined> {
  if (!isReachable() || !(await hasEngine())) return undefined;
  const [version, machine] = await Promise.all([
    docker('info', '--format', '{{.ServerVersion}}'),
    docker('info', '--format', '{{.Architecture}}'),
  ]);
  return { version, architecture: /aarch64|arm64/.test(machine) ? 'ARM64' : 'X86_64' };
}

async function missingImage(name: string): Promise<string | undefined> {
  const isHere = await docker('image', 'inspect', '--format', '{{.Id}}', name).catch(() => '');
  if (isHere !== '') return undefined;
  try {
    await promisify(execFile)('docker', ['pull', '--quiet', name], { timeout: PULLING });
    return undefined;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    const said = stderr.trim().split('\n').at(-1) ?? '';
    return `the image ${name} is not here and cannot be pulled (${said}): docker pull ${name}`;
  }
}
