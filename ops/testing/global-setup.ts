/**
 * Before all tests: what they write into the system's folder for temporary files goes into one of
 * its own. cdktf's `Testing` leaves a folder there for each app, which is thousands in a run.
 */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setUp(): void {
  const folder = mkdtempSync(join(tmpdir(), 'store-tests-'));
  // A PostgreSQL that does not run as root reads files of tests.
  chmodSync(folder, 0o755);
  globalThis.temporaryFolder = folder;
  process.env['TMPDIR'] = folder;
}

declare global {
  // oxlint-disable-next-line no-var -- the only way to declare a global
  var temporaryFolder: string | undefined;
}
