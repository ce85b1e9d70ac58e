import { join } from 'node:path';
import { pythonWith } from '../python/installation.ts';
import { execute } from '../terraform/execution.ts';
import { Interrupted } from '../terraform/terraform.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Seconds; it takes less than one. */
const PATIENCE = 60;
/** `pedantic` has what is a smell only; `--strict-collection` lets no unreadable file pass. */
const OPTIONS = ['--offline', '--pedantic', '--strict-collection', '--quiet'];
const CONFIG = join(import.meta.dirname, 'zizmor.yml');

/** @returns what it complains about. @throws NotInstalled */
export async function zizmor(): Promise<string> {
  const python = await pythonWith({
    title: 'zizmor',
    folder: 'zizmor',
    requirements: join(import.meta.dirname, 'requirements.txt'),
    atLeast: [3, 10],
  });
  const args = [...OPTIONS, '--config', CONFIG, '--format', 'plain', '.github'];
  const outcome = await execute(join(python, '../zizmor'), args, {
    folder: ROOT,
    environment: { PATH: process.env['PATH'], HOME: join(ROOT, '.data'), NO_COLOR: '1' },
    output: 'hidden',
    limit: PATIENCE,
  });
  if (outcome.signal !== undefined) throw new Interrupted(`stopped by ${outcome.signal}`);
  return outcome.code === 0
    ? ''
    : `${outcome.output}${outcome.errors}`.trim() || `exit code ${outcome.code}`;
}
