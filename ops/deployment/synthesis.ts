/** An environment of the table, and the stacks that are synthesised from it. */
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NO_RECORDS, readRecords } from '../../stacks/addresses/records.ts';
import { environments as owners } from '../../stacks/environments.ts';
import { loadEnvironments } from '../../stacks/environment-rules.ts';
import { type Account, accountsOf, type Environment } from '../../stacks/place.ts';
import type { Settings } from '../../stacks/settings.ts';
import { writeProgram } from '../../stacks/write-program.ts';
import { Refusal, WrongUse } from './refusal.ts';

export type Table = Readonly<Record<string, Settings>>;

/** The environment and the account that it is in. @throws SettingsError, WrongUse */
export function find(table: Table, name: string): { environment: Environment; account: Account } {
  const environments = loadEnvironments(table, process.env['STORE_STATE_BUCKET']);
  const environment = environments.find((one) => one.name === name);
  if (environment === undefined) {
    const known = environments.map((one) => one.name).join(', ');
    throw new WrongUse(`there is no environment '${name}' in stacks/environments.ts, but ${known}`);
  }
  const account = accountsOf(environments).find(
    ({ accountId, region }) => accountId === environment.accountId && region === environment.region,
  );
  return { environment, account: account as Account };
}

/**
 * The whole program as main.ts runs it, with the override files of STORE_OVERRIDES beside.
 * @param write may watch how the program is built
 * @returns the folder of the stacks. @throws SettingsError, GuardRailError, Refusal
 */
export async function synthesise(
  table: Table,
  outdir: string,
  write: typeof writeProgram = writeProgram,
): Promise<string> {
  const environments = loadEnvironments(table, process.env['STORE_STATE_BUCKET']);
  write(environments, { outdir, records: table === owners ? readRecords() : NO_RECORDS });
  const stacks = join(outdir, 'stacks');
  await placeOverrides(stacks, process.env['STORE_OVERRIDES'] ?? '');
  return stacks;
}

/** Terraform reads it after the stack's own file, and what it says holds. */
export const OVERRIDE = 'zz_override.tf.json';

/** For rehearsals: `<stack>.tf.json` in the folder changes what an emulator needs otherwise. */
async function placeOverrides(stacks: string, folder: string): Promise<void> {
  if (folder === '') return;
  const files = await readdir(folder).catch(() => {
    throw new Refusal(`STORE_OVERRIDES is '${folder}', which is no folder`);
  });
  for (const file of files) {
    await copyFile(join(folder, file), join(stacks, file.replace(/\.tf\.json$/, ''), OVERRIDE));
  }
}

/** Where a synthesised stack keeps its state. */
export async function stateKey(folder: string): Promise<string> {
  const stack = JSON.parse(await readFile(join(folder, 'cdk.tf.json'), 'utf8')) as {
    terraform: { backend: { s3: { key: string } } };
  };
  return stack.terraform.backend.s3.key;
}
