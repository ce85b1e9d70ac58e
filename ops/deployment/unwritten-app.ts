import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';

/** For stacks that are only looked at. cdktf makes an app's folder at once, though nothing is written. */
export function unwrittenApp(): App {
  const outdir = mkdtempSync(join(tmpdir(), 'unwritten-'));
  const app = new App({ outdir });
  rmSync(outdir, { recursive: true });
  return app;
}
