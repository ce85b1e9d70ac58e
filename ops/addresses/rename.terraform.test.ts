/** With real Terraform: constructs that got another name or parent keep what they made. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { Construct } from 'constructs';
import { addressedStacks } from '../../stacks/addresses/addressed.ts';
import { compare, type Comparison } from '../../stacks/addresses/comparison.ts';
import { keepAddresses } from '../../stacks/addresses/guard.ts';
import { readRecords } from '../../stacks/addresses/records.ts';
import type { Move } from '../../stacks/addresses/steps.ts';
import { ApplicationSecret } from '../../stacks/constructs/application-secret.ts';
import { EncryptionKey } from '../../stacks/constructs/encryption-key.ts';
import { UserPool } from '../../stacks/constructs/user-pool.ts';
import { placeLockFiles } from '../../stacks/lock-file.ts';
import { StoreStack } from '../../stacks/store-stack.ts';
import { Stack } from '../deployment/stack.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { Terraform } from '../terraform/terraform.ts';
import { accept } from './accept.ts';
import { moveStatus } from './listing.ts';
import { addressesInState } from './state.ts';

class TrialStack extends StoreStack {}

let dev: EmulatedDev;
let terraform: Terraform;
let outdir: string;
let folder: string;

beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
  terraform = await Terraform.find(dev.emulator.environment);
  outdir = await mkdtemp(join(tmpdir(), 'rename-test-'));
  folder = await mkdtemp(join(tmpdir(), 'rename-records-'));
});
afterAll(async () => {
  await dev.emulator.stop();
  for (const each of [outdir, folder]) await rm(each, { recursive: true });
});

const silently = () => undefined;

interface Names {
  readonly key: string;
  /** Below the stack. */
  readonly pool: readonly string[];
}

const BEFORE: Names = { key: 'key', pool: ['pool'] };
/** One is renamed, the other has a parent now. */
const AFTER: Names = { key: 'data-key', pool: ['people', 'pool'] };

function program({ key, pool }: Names): App {
  const { environment } = dev;
  const app = new App({ outdir });
  const stack = new TrialStack(app, environment, 'trial');
  const { arn } = new EncryptionKey(stack, key, {
    place: environment,
    name: `${environment.prefix}-trial`,
    description: 'A key that has another name in the code',
  });
  new ApplicationSecret(stack, 'login', { place: environment, keyArn: arn });
  const [id = '', child] = pool;
  if (child === undefined) new UserPool(stack, id, environment);
  else new UserPool(new Construct(stack, id), child, environment);
  return app;
}

/** @returns what synth says against it; only what it says nothing against is written */
function written(names: Names, moves: readonly Move[]): string {
  const app = program(names);
  const problems = keepAddresses(app, readRecords(folder), moves);
  if (problems.length > 0) return problems.join('\n');
  app.synth();
  placeLockFiles(app);
  return '';
}

function compared(names: Names, moves: readonly Move[]): Comparison[] {
  return compare(addressedStacks(program(names)), readRecords(folder), moves);
}

/** `npm run addresses -- accept --from-state` */
async function acceptWhatExists(names: Names, moves: readonly Move[]): Promise<string[]> {
  const those = compared(names, moves);
  const [{ record, stack }] = those as [Comparison];
  const states = new Map([[record, stack ? await addressesInState(stack) : new Set<string>()]]);
  return accept(those, { gone: [], states, folder });
}

/** The lines that a sentence says are to be added. */
function linesOf(text: string): Move[] {
  const lines = text.matchAll(/\{ stack: '(.*)', from: '(.*)', to: '(.*)' \},/g);
  return [...lines].map(([, stack = '', from = '', to = '']) => ({ stack, from, to }));
}

async function planText(): Promise<string> {
  const { output } = await terraform.run(
    join(outdir, 'stacks/dev-trial'),
    'show',
    '-no-color',
    'saved.tfplan',
  );
  return output;
}

test('a renamed key and a regrouped pool stay what they are', async () => {
  const stack = new Stack(terraform, join(outdir, 'stacks/dev-trial'));
  expect(written(BEFORE, [])).toBe('');
  await stack.plan(silently);
  await stack.apply(silently);
  const existing = await stack.resources();
  await acceptWhatExists(BEFORE, []);
  const recorded = readRecords(folder).get('dev-trial')?.addresses.values() ?? [];
  expect([...recorded].toSorted()).toEqual(existing.toSorted());

  const refusal = written(AFTER, []);
  const moves = linesOf(refusal);

  expect(refusal).toContain("everybody's account");
  expect(moves).toEqual([
    { stack: 'trial', from: 'key', to: 'data-key' },
    { stack: 'trial', from: 'pool', to: 'people/pool' },
  ]);
  expect(written(AFTER, moves)).toBe('');
  const plan = await stack.plan(silently);
  const text = await planText();
  expect(text).toContain('Plan: 0 to add, 0 to change, 0 to destroy.');
  expect(text.match(/has moved to/g)).toHaveLength(existing.length - 1);
  expect(plan.isEmpty).toBe(false);
  expect([...new Set(plan.changes.map(({ action }) => action))]).toEqual(['move']);
  // Before it is applied, what exists is where it was.
  await acceptWhatExists(AFTER, moves);
  expect(moveStatus(compared(AFTER, moves), moves)[0]).toContain('needed by dev-trial');

  await stack.apply(silently);
  const accepted = await acceptWhatExists(AFTER, moves);

  const count = existing.length - 1;
  expect(accepted[0]).toContain(`${existing.length} resources, ${count} added, ${count} dropped`);
  for (const status of moveStatus(compared(AFTER, moves), moves)) {
    expect(status).toContain('recorded everywhere: delete the line once it is released');
  }
  expect(written(AFTER, [])).toBe('');
  expect((await stack.plan(silently)).isEmpty).toBe(true);
});
