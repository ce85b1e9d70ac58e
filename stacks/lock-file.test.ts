import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { placeLockFiles } from './lock-file.ts';

const NAME = '.terraform.lock.hcl';
const committed = readFileSync(new URL(NAME, import.meta.url), 'utf8');

let outdir = '';
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'lock-file-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

/** What `node main.ts` does; a further run finds what the one before has left. */
function synthesise(): void {
  const app = new App({ outdir });
  for (const name of ['one', 'other']) new TerraformStack(app, name);
  app.synth();
  placeLockFiles(app);
}

function lockOf(stack: string): string {
  return join(outdir, 'stacks', stack, NAME);
}

test('every stack has the committed lock beside it', () => {
  synthesise();

  expect(readFileSync(lockOf('one'), 'utf8')).toBe(committed);
  expect(readFileSync(lockOf('other'), 'utf8')).toBe(committed);
});

test('a lock that is right already is not written again', () => {
  synthesise();
  utimesSync(lockOf('one'), 1, 1);

  synthesise();

  expect(statSync(lockOf('one')).mtimeMs).toBe(1000);
});

test('checksums that Terraform added stay', () => {
  const added = committed
    .replaceAll(/^#.*\n/gm, '')
    .replace('hashes = [', 'hashes = [\n    "h1:of another platform",');
  synthesise();
  writeFileSync(lockOf('one'), added);

  synthesise();

  expect(readFileSync(lockOf('one'), 'utf8')).toBe(added);
});

test('the lock of another version is replaced', () => {
  synthesise();
  writeFileSync(lockOf('one'), committed.replaceAll(/"\d+\.\d+\.\d+"/g, '"0.0.1"'));

  synthesise();

  expect(readFileSync(lockOf('one'), 'utf8')).toBe(committed);
});
