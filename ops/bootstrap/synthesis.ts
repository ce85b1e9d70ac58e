import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { App } from 'cdktf';
import { loadEnvironments } from '../../stacks/environment-rules.ts';
import { placeLockFiles } from '../../stacks/lock-file.ts';
import { type Account, accountsOf, type Environment } from '../../stacks/place.ts';
import type { Settings } from '../../stacks/settings.ts';
import { addStore } from '../../stacks/store.ts';
import { WrongUse } from './refusal.ts';

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

/** The whole program as main.ts runs it. @returns the folder of the stacks */
export function synthesise(table: Table, outdir: string): string {
  const app = new App({ outdir });
  addStore(app, loadEnvironments(table, process.env['STORE_STATE_BUCKET']));
  app.synth();
  placeLockFiles(app);
  return join(outdir, 'stacks');
}

/** Where a synthesised stack keeps its state. */
export async function stateKey(folder: string): Promise<string> {
  const stack = JSON.parse(await readFile(join(folder, 'cdk.tf.json'), 'utf8')) as {
    terraform: { backend: { s3: { key: string } } };
  };
  return stack.terraform.backend.s3.key;
}
