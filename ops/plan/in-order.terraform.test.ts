/** With real Terraform: stacks of which one reads another. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Progress } from '../deployment/progress.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { Terraform } from '../terraform/terraform.ts';
import { planInOrder } from './in-order.ts';
import { sha256 } from './plans-file.ts';
import { readStanding } from './standing.ts';
import { smallProgram } from './testing/small-program.ts';

let dev: EmulatedDev;
let terraform: Terraform;
let folder: string;
let into: string;

beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
  terraform = await Terraform.find(dev.emulator.environment);
  folder = await mkdtemp(join(tmpdir(), 'plan-test-'));
});
afterAll(async () => {
  await dev.emulator.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  import.meta.jest.spyOn(console, 'log').mockImplementation(() => undefined);
  into = await mkdtemp(join(folder, 'into-'));
});

async function planned(
  settings: Parameters<typeof smallProgram>[2] = {},
  { signal } = new AbortController(),
) {
  const files = await mkdtemp(join(folder, 'files-'));
  const stacks = await smallProgram(terraform, { folder: files, place: dev.environment }, settings);
  const { planned: plans } = await planInOrder(stacks, {
    place: dev.environment,
    into,
    sources: new Map([['small/house', 'stacks/house.ts:7']]),
    progress: new Progress(),
    signal,
  });
  return { plans, stacks };
}

async function input(stack: string): Promise<unknown> {
  const text = await readFile(join(into, `${stack}.json`), 'utf8');
  const { resource_changes: changes } = JSON.parse(text) as {
    resource_changes: { type: string; change: { after: { input?: unknown } } }[];
  };
  return changes.find(({ type }) => type === 'terraform_data')?.change.after.input;
}

test('a new environment is planned whole, on what is known and on stand-ins', async () => {
  const { plans } = await planned();

  expect(plans.map(({ stack, provisional }) => [stack, provisional])).toEqual([
    ['dev-ground', undefined],
    ['dev-house', ['dev-ground']],
    ['dev-garden', undefined],
  ]);
  await expect(input('dev-house')).resolves.toBe('ada on stand-in-1');
  expect(plans[1]?.sources).toEqual({
    'terraform_data.house': { construct: 'small/house', source: 'stacks/house.ts:7' },
  });
  // With their digests, and for nobody else to read.
  const [ground] = plans;
  const saved = join(into, 'dev-ground.tfplan');
  expect(ground).toMatchObject({
    sha256: sha256(await readFile(saved)),
    jsonSha256: sha256(await readFile(join(into, 'dev-ground.json'))),
    serial: 0,
    lineage: '',
  });
  expect((await stat(saved)).mode & 0o077).toBe(0);
});

test('what reads an applied stack is binding, until that stack is about to tell something else', async () => {
  const { stacks } = await planned();
  await stacks[0]?.stack.apply(() => undefined);

  const { plans: binding } = await planned();
  const real = await input('dev-house');
  const { plans: changed } = await planned({ owner: 'grace' });

  expect(binding.map(({ provisional }) => provisional)).toEqual([undefined, undefined, undefined]);
  expect(real).toMatch(/^ada on [0-9a-f-]{36}$/);
  expect(binding[0]?.serial).toBeGreaterThan(0);
  expect(changed[1]?.provisional).toEqual(['dev-ground']);
  await expect(input('dev-house')).resolves.toBe(String(real).replace('ada', 'grace'));
});

test('a signal between two stacks ends it, so that folders can be taken away', async () => {
  const asked = new AbortController();
  asked.abort(new Error('stopped by SIGINT'));

  await expect(planned({}, asked)).rejects.toThrow('stopped by SIGINT');
  await expect(readdir(into)).resolves.toEqual([]);
});

test('an account without a bucket for states is told how to get one', async () => {
  const place = { ...dev.environment, stateBucket: 'nobody-has-made-this-one' };

  await expect(readStanding(place, 'it.tfstate')).rejects.toThrow(
    'there is no bucket nobody-has-made-this-one yet: npm run bootstrap',
  );
});
