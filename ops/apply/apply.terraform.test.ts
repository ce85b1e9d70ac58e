/** What is refused before Terraform is asked to apply anything. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePlans } from '../plan/testing/plans-folder.ts';
import { withReleaseLock } from '../release/lock.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { apply, type Applying } from './apply.ts';

let dev: EmulatedDev;
let plans: string;
beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
});
afterAll(() => dev.emulator.stop());
beforeEach(async () => {
  plans = await mkdtemp(join(tmpdir(), 'apply-test-'));
  import.meta.jest.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => rm(plans, { recursive: true, force: true }));

const applied = (differences: Partial<Applying> = {}) =>
  apply({ table: dev.table, name: 'dev', plans, yes: true, confirm: undefined, ...differences });

/** Of `terraform show -json`: a resource with data that goes. */
const LOSS = {
  address: 'aws_db_instance.postgres',
  mode: 'managed',
  type: 'aws_db_instance',
  name: 'postgres',
  change: { actions: ['delete'], before: { identifier: 'it' }, after: null },
};
const HARMLESS = {
  address: 'terraform_data.it',
  mode: 'managed',
  type: 'terraform_data',
  name: 'it',
  change: { actions: ['create'], before: null, after: { input: 'it' } },
};

test('plans of another environment, or none at all, are refused', async () => {
  await expect(applied()).rejects.toThrow(`${plans} is no folder of plans`);
  await writePlans(plans, { environment: 'prod' });

  await expect(applied()).rejects.toThrow('these are plans of prod');
});

test('a file that was altered is named, and so is plans.json where its digest was kept', async () => {
  const digest = await writePlans(plans, { environment: 'dev' });
  await expect(applied({ sha256: 'another' })).rejects.toThrow(/plans\.json is not what was made/);
  await writeFile(join(plans, 'dev-service.json'), '{}');

  await expect(applied({ sha256: digest })).rejects.toThrow(
    /dev-service\.json is not what was made/,
  );
});

test('before anything is done it says what must be applied first', async () => {
  const provisional = ['dev-network'];
  await writePlans(plans, { environment: 'dev', stacks: { database: { provisional } } });

  await expect(applied()).rejects.toThrow(
    'dev-database is provisional: needs dev-network first, and nothing before it is to be applied',
  );
});

test('what needs a named approval takes more than a yes', async () => {
  await writePlans(plans, { environment: 'dev', stacks: { database: { changes: [LOSS] } } });

  await expect(applied()).rejects.toThrow(/add --confirm dev\n.*data-loss.*postgres/);
  await expect(applied({ confirm: 'prod' })).rejects.toThrow("--confirm says 'prod', but dev");
});

test('while a release is at work it is refused, with who it is', async () => {
  await writePlans(plans, { environment: 'dev', stacks: { network: { changes: [HARMLESS] } } });

  await withReleaseLock(dev.environment, 'ada', async () => {
    await expect(applied()).rejects.toThrow('another release is at work: ada');
  });
});

test('production gets no plans of what is not committed', async () => {
  await writePlans(plans, { environment: 'prod', commit: 'c-dirty' });

  await expect(applied({ name: 'prod', confirm: 'prod' })).rejects.toThrow(
    'these plans are of what is not all committed (c-dirty)',
  );
});

test('an image that a broken-off release has left does not come into service', async () => {
  const digest = (of: string) => `sha256:${of.repeat(64)}`;
  const task = (image: string) => ({
    address: 'aws_ecs_task_definition.it',
    mode: 'managed',
    type: 'aws_ecs_task_definition',
    name: 'it',
    change: {
      actions: ['create', 'delete'],
      before: { container_definitions: JSON.stringify([{ image: `store@${image}` }]) },
      after: {},
    },
  });
  const service = { changes: [task(digest('a'))], digest: digest('b') };
  await writePlans(plans, { environment: 'dev', stacks: { service } });

  await expect(applied({ confirm: 'dev' })).rejects.toThrow(
    /dev-service: the plan gives tasks the image sha256:b+, .*npm run release -- dev/,
  );
});
