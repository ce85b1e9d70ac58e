import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execute } from '../terraform/execution.ts';
import { Interrupted } from '../terraform/terraform.ts';

const PROJECT_FOLDER = join(import.meta.dirname, '../..');

/**
 * The whole program as `npm run synth` runs it, but into a folder of its own: a deployment may be
 * working in cdktf.out. @returns what it complained about when it failed
 */
export async function synthesise(folder: string): Promise<string | undefined> {
  await mkdir(folder, { recursive: true });
  const { code, errors, signal } = await execute(process.execPath, ['main.ts'], {
    folder: PROJECT_FOLDER,
    environment: { ...process.env, CDKTF_OUTDIR: folder },
    output: 'hidden',
  });
  if (signal !== undefined) throw new Interrupted(`stopped by ${signal}`);
  return code === 0 ? undefined : errors;
}
