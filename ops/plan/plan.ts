/** Every stack of an environment, planned in order: nothing is changed, nothing is locked. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requireAccount } from '../deployment/account.ts';
import { STACKS, withStacks } from '../deployment/environment-stacks.ts';
import { listenForSignals } from '../deployment/interruption.ts';
import { Progress } from '../deployment/progress.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { readSource } from '../release/source.ts';
import { inPlaceOf } from './folder.ts';
import { planInOrder } from './in-order.ts';
import { Origins } from './origins.ts';
import { PLANS_FILE, plansFile, type PlansFile } from './plans-file.ts';

export interface Planning {
  readonly table: Table;
  /** Of the environment. */
  readonly name: string;
  /** Folder of the plans. */
  readonly out: string;
  /** Whether the account is taken for empty; then nobody asks AWS anything. */
  readonly fromNothing: boolean;
}

/** A profile that is set would be looked for. */
const NOBODY = { AWS_PROFILE: undefined };

/** @returns what was written. @throws Refusal, TerraformFailed, Interrupted, SettingsError */
export async function plan({ table, name, out, fromNothing }: Planning) {
  const { environment, account } = find(table, name);
  if (!fromNothing) await requireAccount(environment);
  const progress = new Progress();
  const origins = new Origins();
  const { commit } = await readSource();
  const made = new Date().toISOString();
  // From here on there are folders to take away, also between two runs of Terraform.
  const signal = listenForSignals();
  return inPlaceOf({ out, environment: name }, (into) =>
    withStacks(
      table,
      environment,
      async (stacks) => {
        const ordered = STACKS.map((one) => ({ stack: stacks[one], folder: stacks.folderOf(one) }));
        const { planned, terraform } = await planInOrder(ordered, {
          place: environment,
          into,
          progress,
          signal,
          sources: origins.sources,
          fromNothing: fromNothing ? `${account.label}-state` : undefined,
        });
        const contents = { environment: name, made, commit, terraform, stacks: planned };
        await writeFile(join(into, PLANS_FILE), plansFile(contents), { mode: 0o600 });
        return contents satisfies Omit<PlansFile, 'version'>;
      },
      { write: origins.write, variables: fromNothing ? NOBODY : {} },
    ),
  );
}
