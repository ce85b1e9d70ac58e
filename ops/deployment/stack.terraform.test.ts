/** With real Terraform: somebody else at the same state, and what a broken-off run was making. */
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { Terraform } from '../terraform/terraform.ts';
import { Stack } from './stack.ts';

const LOCK_FILE = join(import.meta.dirname, '../../stacks/.terraform.lock.hcl');
/** Milliseconds: the longest that anything here waits for something. */
const PATIENCE = 60_000;

let emulator: Emulator;
let terraform: Terraform;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator({ accountId: '100000000001', region: 'eu-central-1' });
  terraform = await Terraform.find(emulator.environment);
});
afterAll(() => emulator.stop());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stack-test-'));
  await copyFile(LOCK_FILE, join(folder, '.terraform.lock.hcl'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function write(resource: object): Promise<void> {
  const aws = { source: 'aws', version: '5.100.0' };
  return writeFile(
    join(folder, 'cdk.tf.json'),
    JSON.stringify({ terraform: { required_providers: { aws } }, resource }),
  );
}

async function until(is: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (!is()) {
    if (performance.now() > deadline) throw new Error('it does not come');
    await wait(20);
  }
}

test('what a broken-off run was making is finished, not made anew', async () => {
  await write({
    aws_ecr_repository: { images: { name: 'images' } },
    terraform_data: { orders: {} },
  });
  const stack = new Stack(terraform, folder);
  await stack.plan(() => undefined);
  await stack.apply(() => undefined);
  for (const address of ['aws_ecr_repository.images', 'terraform_data.orders']) {
    await terraform.run(folder, 'taint', address);
  }
  const said: string[] = [];

  const looked = await stack.plan(() => undefined, { locks: false });
  const plan = await stack.plan((doing) => said.push(doing));

  expect(looked.changes.map(({ action }) => action)).toEqual(['replace', 'replace']);
  expect(plan.kept).toEqual(['aws_ecr_repository.images']);
  expect(plan.changes).toMatchObject([{ address: 'terraform_data.orders', action: 'replace' }]);
  expect(said.join('\n')).toContain('keeps aws_ecr_repository.images');
});

test("a plan waits for the end of somebody else's, unless it changes nothing", async () => {
  const [begun, release] = [join(folder, 'begun'), join(folder, 'release')];
  const command = `touch '${begun}'; until [ -e '${release}' ]; do sleep 0.1; done`;
  await write({ terraform_data: { slow: { provisioner: [{ 'local-exec': { command } }] } } });
  const stack = new Stack(terraform, folder);
  await stack.connect();
  const other = terraform.run(folder, 'apply', '-auto-approve', '-input=false');
  await until(() => existsSync(begun));
  const said: string[] = [];

  const looked = await stack.plan(() => undefined, { locks: false });
  const planned = stack.plan((doing) => said.push(doing));
  await until(() => said.includes("waiting for the state's lock"));
  await writeFile(release, '');

  expect(looked.isEmpty).toBe(false);
  expect((await planned).isEmpty).toBe(true);
  expect((await other).code).toBe(0);
});
