import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Terraform } from '../terraform/terraform.ts';
import { requireAccount } from '../deployment/account.ts';
import { LocalState } from './local-state.ts';
import { Refusal } from '../deployment/refusal.ts';
import { STEPS } from './steps.ts';
import { find, synthesise, type Table } from '../deployment/synthesis.ts';

interface BootstrapOptions {
  readonly table: Table;
  /** Of the environment. */
  readonly name: string;
  /** The folder for what must be kept while a run is broken off. */
  readonly data: string;
  /** Whether Terraform asks before it changes anything; then somebody must be there to answer. */
  readonly asks: boolean;
  /** How many steps are done; tests break it off. @default all */
  readonly steps?: number;
}

/** @throws Refusal, Interrupted, SettingsError and what is missing of Terraform */
export async function bootstrap(options: BootstrapOptions): Promise<void> {
  const { table, name, data, asks, steps = STEPS.length } = options;
  const { environment, account } = find(table, name);
  const caller = await requireAccount(environment);
  if (asks && !process.stdin.isTTY) {
    throw new Refusal('there is no terminal to ask at: add --yes to do without the questions');
  }
  const terraform = await Terraform.find();
  const kept = join(data, `${account.accountId}-${account.region}`);
  await mkdir(kept, { recursive: true });
  const folder = await mkdtemp(join(kept, 'run-'));
  try {
    const stacks = await synthesise(table, folder);
    const localState = new LocalState(kept);
    for (const [index, { title, run }] of STEPS.slice(0, steps).entries()) {
      console.log(`${index + 1}/${STEPS.length} ${title(account)}`);
      const result = await run({ caller, account, terraform, stacks, localState, asks });
      console.log(`    ${result}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (steps === STEPS.length) console.log(`\nNext: npm run release -- ${environment.name}`);
}
