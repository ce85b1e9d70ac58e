/** Terraform's lock file: which provider, and the checksums that its downloads must have. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdktf';

const NAME = '.terraform.lock.hcl';

/**
 * Puts the committed lock file beside every synthesised stack, where Terraform looks for it. One
 * to which Terraform only added checksums, of another platform, stays as it is.
 */
export function placeLockFiles({ outdir, manifest }: App): void {
  const lock = readFileSync(join(import.meta.dirname, NAME), 'utf8');
  for (const { workingDirectory } of Object.values(manifest.stacks)) {
    const file = join(outdir, workingDirectory, NAME);
    if (!existsSync(file) || !holds(readFileSync(file, 'utf8'), lock)) writeFileSync(file, lock);
  }
}

/** Whether all is there that Terraform would keep: it drops comments, and may add lines. */
function holds(found: string, lock: string): boolean {
  const lines = new Set(found.split('\n'));
  return lock.split('\n').every((line) => line.startsWith('#') || lines.has(line));
}
