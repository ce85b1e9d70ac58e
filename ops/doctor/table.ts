/** The table of environments: is it sound, whose account is it, and do the guard rails let it pass? */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEMPLATE_ACCOUNT } from '../../stacks/environments.ts';
import { loadEnvironments } from '../../stacks/environment-rules.ts';
import { GuardRailError } from '../../stacks/policies/guard-rail-error.ts';
import type { Environment } from '../../stacks/place.ts';
import { SettingsError } from '../../stacks/settings-error.ts';
import { synthesise, type Table } from '../deployment/synthesis.ts';
import { lockedProviders } from '../terraform/locked-providers.ts';
import { type Check, type Diagnosis, ok, warning, wrong } from './diagnosis.ts';

/** @returns nothing where the table says too little of it. */
export function environmentOf(table: Table, name: string): Environment | undefined {
  try {
    const all = loadEnvironments(table, process.env['STORE_STATE_BUCKET']);
    return all.find((each) => each.name === name);
  } catch (error) {
    if (error instanceof SettingsError) return undefined;
    throw error;
  }
}

/** @param name of the environment that is asked for */
export function tableChecks(table: Table, name?: string): Check[] {
  return [
    { what: 'settings', look: async () => [settings(table)] },
    { what: 'environment', look: async () => environment(table, name) },
    { what: 'guard rails', look: () => guardRails(table) },
  ];
}

function settings(table: Table): Diagnosis {
  try {
    const all = loadEnvironments(table, process.env['STORE_STATE_BUCKET']);
    return ok('settings', `${all.map((each) => each.name).join(', ')} in stacks/environments.ts`);
  } catch (error) {
    if (error instanceof SettingsError) return wrong('settings', error.message);
    throw error;
  }
}

function environment(table: Table, name?: string): Diagnosis[] {
  if (name === undefined) {
    // Nobody wants to deploy right now.
    return Object.keys(table).map((each) => account(table, each, warning));
  }
  const known = Object.keys(table);
  if (known.includes(name)) return [account(table, name, wrong)];
  return [
    wrong(
      'environment',
      `there is no '${name}' in stacks/environments.ts, but ${known.join(', ')}`,
    ),
  ];
}

function account(table: Table, name: string, unlessEmulated: typeof wrong): Diagnosis {
  const id = table[name]?.accountId ?? '';
  if (id !== TEMPLATE_ACCOUNT) return ok('environment', `${name}, account ${id}`);
  const text = `${name} has the template's account, ${id}: it can be looked at, not deployed; write yours into stacks/environments.ts`;
  // Where an emulated AWS is asked it is as good as any.
  const isEmulated = (process.env['AWS_ENDPOINT_URL'] ?? '') !== '';
  return isEmulated ? warning('environment', text) : unlessEmulated('environment', text);
}

async function guardRails(table: Table): Promise<Diagnosis[]> {
  const folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  try {
    const stacks = await synthesise(table, folder);
    const names = await readdir(stacks);
    return [ok('guard rails', `${names.length} stacks pass`), await lockFile(stacks, names)];
  } catch (error) {
    // The settings have been told above.
    if (error instanceof SettingsError) return [];
    if (error instanceof GuardRailError) return [wrong('guard rails', error.message)];
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Stack {
  readonly terraform: {
    readonly required_providers: Readonly<Record<string, { source: string; version: string }>>;
  };
}

async function lockFile(stacks: string, names: readonly string[]): Promise<Diagnosis> {
  const [first = ''] = names;
  const text = await readFile(join(stacks, first, 'cdk.tf.json'), 'utf8');
  const { terraform } = JSON.parse(text) as Stack;
  return providersLocked(Object.values(terraform.required_providers), lockedProviders());
}

interface Pinned {
  readonly source: string;
  readonly version: string;
}

export function providersLocked(required: readonly Pinned[], locked: readonly Pinned[]): Diagnosis {
  const missing = required.filter(
    ({ source, version }) =>
      !locked.some((each) => each.source === source && each.version === version),
  );
  const said = (list: readonly Pinned[]) =>
    list.map((each) => `${each.source} ${each.version}`).join(', ');
  if (missing.length === 0) return ok('lock file', said(required));
  return wrong(
    'lock file',
    `stacks/.terraform.lock.hcl has ${said(locked)}, but the stacks require ${said(missing)}: docs/decisions/0023 says how to change the version`,
  );
}
