import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCK_FILE = join(import.meta.dirname, '../../stacks/.terraform.lock.hcl');

export interface Provider {
  /** `registry.terraform.io/hashicorp/aws` */
  readonly source: string;
  readonly version: string;
}

/** Those that the committed lock file names: nothing else runs. */
export function lockedProviders(): Provider[] {
  const blocks = readFileSync(LOCK_FILE, 'utf8').matchAll(
    /^provider "(?<source>[^"]+)" \{\s+version\s*=\s*"(?<version>[^"]+)"/gm,
  );
  return Array.from(blocks, ({ groups }) => groups as unknown as Provider);
}
