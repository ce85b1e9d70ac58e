/** With real Terraform: what has `prevent_destroy` goes when somebody destroys, and only then. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand, DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { Stack } from '../deployment/stack.ts';
import { OVERRIDE, synthesise } from '../deployment/synthesis.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { Terraform } from '../terraform/terraform.ts';
import { destroyEnvironment } from './environment.ts';
import { liftPrevention } from './prevention.ts';

const silent = () => undefined;

let dev: EmulatedDev;
let folder: string;
beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
});
afterAll(() => dev.emulator.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prevention-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('it is refused, and allowed once it is lifted, beside other overrides', async () => {
  const lifecycle = { prevent_destroy: true };
  await write('cdk.tf.json', { orders: { input: 'first', lifecycle }, others: {} });
  await write(OVERRIDE, { orders: { lifecycle: { ignore_changes: ['input'] } } });
  const stack = new Stack(await Terraform.find(), folder);
  await stack.plan(silent);
  await stack.apply(silent);

  await expect(stack.plan(silent, { extra: ['-destroy'] })).rejects.toThrow(/prevent_destroy/);
  await liftPrevention(folder);
  const plan = await stack.plan(silent, { extra: ['-destroy'] });

  expect(plan.changes.map(({ action }) => action)).toEqual(['delete', 'delete']);
  // What the other file says of the same block still holds.
  await write('cdk.tf.json', { orders: { input: 'second', lifecycle }, others: {} });
  expect((await stack.plan(silent)).changes).toEqual([]);
});

test('production is destroyed with the keys that a deployment may not destroy', async () => {
  const { region } = dev.environment;
  const kms = new KMSClient({ region });
  const { KeyMetadata: key } = await kms.send(new CreateKeyCommand({}));
  await dev.putObject('prod-database.tfstate', await stateWith(key?.KeyId ?? ''));
  import.meta.jest.spyOn(console, 'log').mockReturnValue();

  await destroyEnvironment({ table: dev.table, name: 'prod', confirm: 'prod', yes: false });

  const { KeyMetadata: after } = await kms.send(new DescribeKeyCommand({ KeyId: key?.KeyId }));
  expect(after?.KeyState).toBe('PendingDeletion');
});

function write(file: string, terraform_data: object): Promise<void> {
  return writeFile(join(folder, file), JSON.stringify({ resource: { terraform_data } }));
}

/** The key of the database's stack, and nothing else. */
async function stateWith(id: string): Promise<string> {
  const file = join(await synthesise(dev.table, folder), 'prod-database', 'cdk.tf.json');
  const { resource } = JSON.parse(await readFile(file, 'utf8')) as Written;
  const [name] = Object.keys(resource.aws_kms_key);
  return JSON.stringify({
    version: 4,
    terraform_version: '1.11.0',
    serial: 1,
    lineage: 'of-this-test',
    outputs: {},
    resources: [
      {
        mode: 'managed',
        type: 'aws_kms_key',
        name,
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [{ schema_version: 0, attributes: { id, key_id: id } }],
      },
    ],
  });
}

interface Written {
  readonly resource: { readonly aws_kms_key: Readonly<Record<string, object>> };
}
