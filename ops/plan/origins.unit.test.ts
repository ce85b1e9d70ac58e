import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Node } from 'constructs';
import { loadEnvironments } from '../../stacks/environment-rules.ts';
import { someTable } from '../../stacks/testing/some-table.ts';
import { writeProgram } from '../../stacks/write-program.ts';
import { Origins } from './origins.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'origins-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const environments = loadEnvironments({ dev: someTable.dev });

test('each construct is known by the line that made it', async () => {
  const origins = new Origins();
  origins.write(environments, { outdir: join(folder, 'traced') });

  const source = origins.sources.get('dev-network/vpc/private-a') ?? '';
  const [file = '', line] = source.split(':');
  const text = await readFile(join(import.meta.dirname, '../..', file), 'utf8');
  expect(file).toBe('stacks/constructs/vpc.ts');
  expect(text.split('\n')[Number(line) - 1]).toContain('new Subnet(');
});

test('synthesised files stay as they are, and nothing is left in the library', async () => {
  const file = (of: string) => readFile(join(folder, of, 'stacks/dev-network/cdk.tf.json'), 'utf8');
  const { addMetadata } = Object.getOwnPropertyDescriptors(Node.prototype);
  writeProgram(environments, { outdir: join(folder, 'plain') });
  new Origins().write(environments, { outdir: join(folder, 'traced') });

  await expect(file('traced')).resolves.toBe(await file('plain'));
  expect(Object.getOwnPropertyDescriptor(Node.prototype, 'addMetadata')).toEqual(addMetadata);
});
