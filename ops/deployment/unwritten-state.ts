/** A state that Terraform could not write: it leaves it beside the stack, in a folder that goes. */
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder } from './data-folder.ts';

/** Terraform's own name for it. */
const LEFT = 'errored.tfstate';

/**
 * Keeps it on this machine, where only its owner reads it.
 * @param folder of the stack
 * @returns what to type when the bucket is back; empty when there is no such state
 */
export async function keepUnwrittenState(folder: string, stack: string): Promise<string> {
  const kept = dataFolder('unwritten-states');
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const file = join(kept, `${stack}-${time}.tfstate`);
  try {
    await mkdir(kept, { recursive: true, mode: 0o700 });
    await copyFile(join(folder, LEFT), file);
    await chmod(file, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
  const chdir = `-chdir=cdktf.out/stacks/${stack}`;
  return `\nThe state could not be written, so the bucket does not know what was changed. It is kept in ${file}. When the bucket is back, and before anything else is done with this stack:
  npm run unlock -- ${stack}
  npm run synth && terraform ${chdir} init && terraform ${chdir} state push ${file}`;
}
