/** The stacks in a form that checkov reads, and the store's two extremes beside them. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadEnvironments } from '../../stacks/environment-rules.ts';
import type { Settings } from '../../stacks/settings.ts';
import { writeProgram } from '../../stacks/write-program.ts';
import type { Table } from '../deployment/synthesis.ts';
import { closedStore, openStore } from './extremes.ts';

/**
 * Anew into `stacks`, and the extremes of the table's first environment into `open` and `closed`.
 * @returns the stacks' folders below the folder. @throws SettingsError, GuardRailError
 */
export async function writeStacks(table: Table, folder: string): Promise<string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const stacks = await write(table, folder, 'stacks');
  const [[name, first]] = Object.entries(table) as [[string, Settings]];
  return [
    ...stacks,
    ...(await write({ [name]: openStore(first) }, folder, 'open')),
    ...(await write({ [name]: closedStore(first) }, folder, 'closed')),
  ];
}

async function write(table: Table, folder: string, name: string): Promise<string[]> {
  const outdir = join(folder, 'synthesised');
  writeProgram(loadEnvironments(table, process.env['STORE_STATE_BUCKET']), { outdir });
  const written = join(outdir, 'stacks');
  const stacks = (await readdir(written)).toSorted();
  for (const stack of stacks) {
    const target = join(folder, name, stack);
    await mkdir(target, { recursive: true });
    const text = await readFile(join(written, stack, 'cdk.tf.json'), 'utf8');
    await writeFile(join(target, 'cdk.tf.json'), legible(text));
  }
  await rm(outdir, { recursive: true });
  return stacks.map((stack) => `${name}/${stack}`);
}

/**
 * Of a file whose `terraform` block says `required_version`, checkov 3.3.30 reads nothing, and
 * exits with 0: its parser expects nothing but blocks there.
 */
export function legible(text: string): string {
  const stack = JSON.parse(text) as { terraform?: { required_version?: string } };
  delete stack.terraform?.required_version;
  return JSON.stringify(stack, null, 2);
}
