/** With real Terraform: plans of stacks of which one reads another, applied, and refused. */
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Progress } from '../deployment/progress.ts';
import { planInOrder } from '../plan/in-order.ts';
import { smallProgram } from '../plan/testing/small-program.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { Terraform } from '../terraform/terraform.ts';
import { applyInOrder } from './in-order.ts';

let dev: EmulatedDev;
let terraform: Terraform;
let folder: string;
let written: string[];

beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
  terraform = await Terraform.find(dev.emulator.environment);
});
afterAll(() => dev.emulator.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apply-test-'));
  written = [];
  import.meta.jest.spyOn(console, 'log').mockImplementation((line: string) => written.push(line));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The program, planned; each test has a state bucket's prefix of its own through its owner. */
async function planned(settings: Parameters<typeof smallProgram>[2] = {}) {
  const plans = await mkdtemp(join(folder, 'plans-'));
  const files = await mkdtemp(join(folder, 'files-'));
  const place = dev.environment;
  const stacks = await smallProgram(terraform, { folder: files, place }, settings);
  const progress = new Progress();
  const { signal } = new AbortController();
  const course = { place, into: plans, sources: new Map(), progress, signal };
  const made = await planInOrder(stacks, course);
  const applicable = await Promise.all(
    stacks.map(async ({ stack, folder: own }, index) => {
      const one = made.planned[index];
      if (one === undefined) throw new Error('a plan is missing');
      const shown = await readFile(join(plans, one.json), 'utf8');
      return { planned: one, shown, stack, folder: own };
    }),
  );
  const apply = () => applyInOrder(applicable, { environment: place, plans, progress, signal });
  return { apply, plans };
}

test('exactly the plans are applied, up to the first provisional one, and never twice', async () => {
  const first = await planned();
  const left = await first.apply();
  const again = await first.apply();
  const rest = await planned();
  const none = await rest.apply();

  expect(left).toEqual(['dev-house', 'dev-garden']);
  expect(written.join('\n')).toContain('dev-house: provisional: needs dev-ground first');
  expect(again).toEqual(left);
  expect(written.join('\n')).toMatch(/dev-ground: applied \([^]*dev-ground: applied already/);
  expect(none).toEqual([]);
  expect(written.join('\n')).toMatch(/dev-ground: nothing to change[^]*dev-house: applied \(/);
});

test('a plan on a state that was written since is refused, with what is different now', async () => {
  const before = await planned({ owner: 'ada', flowers: 'tulips' });
  const meanwhile = await planned({ owner: 'ada', flowers: 'weeds' });
  await meanwhile.apply();

  const refusal = before.apply();

  await expect(refusal).rejects.toThrow(
    /dev-garden: the plan is stale: its state was written since \(version \d+, now \d+\)/,
  );
  await expect(refusal).rejects.toThrow(/differs +\w.*terraform_data\.garden.*weeds.*tulips/);
  await expect(refusal).rejects.toThrow('npm run plan -- dev');
});

test('a plan that is exchanged after it was looked at is not applied', async () => {
  const seen = await planned({ owner: 'ada', flowers: 'tulips' });
  const other = await planned({ owner: 'ada', flowers: 'nettles' });
  await copyFile(join(other.plans, 'dev-garden.tfplan'), join(seen.plans, 'dev-garden.tfplan'));

  await expect(seen.apply()).rejects.toThrow(/dev-garden\.tfplan is not what was made/);
});
