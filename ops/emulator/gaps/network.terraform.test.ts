/** The ground that everything else stands on, with real Terraform: more than reading its files. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { placeLockFiles } from '../../../stacks/lock-file.ts';
import { NetworkStack } from '../../../stacks/network-stack.ts';
import { anEnvironment } from '../../../stacks/testing/places.ts';
import { Terraform } from '../../terraform/terraform.ts';
import { type Emulator, startEmulator } from '../emulator.ts';

const environment = anEnvironment('dev');

let emulator: Emulator;
let terraform: Terraform;
let root: string;

beforeAll(async () => {
  emulator = await startEmulator(environment);
  terraform = await Terraform.find(emulator.environment);
  root = await mkdtemp(join(tmpdir(), 'network-test-'));
});

afterAll(async () => {
  await emulator.stop();
  await rm(root, { recursive: true, force: true });
});

/** The stack in a folder, with its state there too. */
async function written(): Promise<string> {
  const app = new App({ outdir: root });
  const { node } = new NetworkStack(app, environment);
  app.synth();
  placeLockFiles(app);
  const folder = join(root, 'stacks', node.id);
  const local = { terraform: { backend: { local: {} } } };
  await writeFile(join(folder, 'zz_override.tf.json'), JSON.stringify(local));
  return folder;
}

test('the network is made whole, changes nothing when applied again, and goes without a rest', async () => {
  const folder = await written();
  await terraform.init(folder);

  const made = await terraform.run(folder, 'apply', '-input=false', '-auto-approve', '-no-color');
  const again = await terraform.run(folder, 'plan', '-input=false', '-detailed-exitcode');
  const gone = await terraform.run(folder, 'destroy', '-input=false', '-auto-approve');
  const rest = await terraform.run(folder, 'state', 'list');

  expect([made.code, made.errors]).toEqual([0, '']);
  // 2 would be a change.
  expect([again.code, again.errors]).toEqual([0, '']);
  expect([gone.code, gone.errors]).toEqual([0, '']);
  expect(rest.output.trim()).toBe('');
});
