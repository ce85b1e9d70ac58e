/** The stacks of an earlier version, as its own code synthesises them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../deployment/refusal.ts';
import type { EarlierVersion } from './earlier-version.ts';
import type { Run } from './run.ts';
import type { Stacks } from './stacks.ts';

/** Seconds. */
const PATIENCE = 120;

/** As its commands do, not as its main.ts, which also asks whether a waiver has expired since. */
const SYNTHESIS = `
const { synthesise } = await import('./ops/deployment/synthesis.ts');
const { environments } = await import('./stacks/environments.ts');
await synthesise(environments, process.argv.at(-1));`;

/**
 * @returns the folder of its stacks
 * @throws Refusal when it keeps the environment elsewhere, so that nothing of it would be changed
 */
export async function synthesiseEarlier(
  { commands, folder }: Run,
  earlier: EarlierVersion,
  stacks: Stacks,
): Promise<string> {
  const outdir = folder.make('synth/earlier');
  const program = ['--input-type=module', '--eval', SYNTHESIS, outdir];
  await commands.run({
    log: 'earlier',
    args: [process.execPath, ...program],
    folder: earlier.folder,
    limit: PATIENCE,
  });
  const its = join(outdir, 'stacks');
  const [network = ''] = stacks.ofEnvironment;
  if (keptAt(its, network) === keptAt(stacks.folder, network)) return its;
  throw new Refusal(
    `${earlier.name} keeps no ${network} where this version does (${keptAt(its, network) ?? 'nowhere'}, not ${keptAt(stacks.folder, network) ?? 'nowhere'}): another name, account or region is another store, and nothing can be changed from the one to the other`,
  );
}

/** Names of stacks that the earlier version has in the same places, and this one has not. */
export function leftBehind(its: string, { folder, account, environment }: Stacks): string[] {
  const labels = [account.label, environment.label];
  return readdirSync(its)
    .filter((name) => labels.some((label) => name.startsWith(`${label}-`)))
    .filter((name) => !existsSync(join(folder, name)));
}

function keptAt(folder: string, stack: string): string | undefined {
  const file = join(folder, stack, 'cdk.tf.json');
  if (!existsSync(file)) return undefined;
  const { terraform } = JSON.parse(readFileSync(file, 'utf8')) as {
    terraform: { backend: { s3: { bucket: string; key: string } } };
  };
  const { bucket, key } = terraform.backend.s3;
  return `${bucket}/${key}`;
}
