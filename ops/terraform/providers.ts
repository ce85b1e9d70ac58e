/** Where Terraform gets its providers from: a folder of this machine where there is one. */
import { accessSync, constants } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { lockedProviders, type Provider } from './locked-providers.ts';
import { holds, impliedMirrors, usualMirrors } from './mirror.ts';

const DATA = join(import.meta.dirname, '../../.data');

/** A folder was named that does not hold what is needed. */
export class WrongMirror extends Error {
  override readonly name = 'WrongMirror';
}

/**
 * Variables that Terraform gets beside ours. In this order: the folder that STORE_TERRAFORM_MIRROR
 * names; your own configuration of Terraform, left alone; a mirror at a usual place; the registry,
 * with a cache.
 * @throws WrongMirror when the named folder lacks a provider
 */
export async function providerSource(platform: string): Promise<NodeJS.ProcessEnv> {
  const providers = lockedProviders();
  const complete = (folder: string) => holds(folder, providers, platform);
  const named = process.env['STORE_TERRAFORM_MIRROR'] ?? '';
  if (named !== '') {
    if (!complete(named)) throw new WrongMirror(lacking(named, providers, platform));
    return mirrored(resolve(named));
  }
  const own = process.env['TF_CLI_CONFIG_FILE'] ?? join(homedir(), '.terraformrc');
  if (isReadable(own)) return {};
  // A name without a file makes Terraform complain in each run.
  const unset = { TF_CLI_CONFIG_FILE: undefined };
  if (impliedMirrors(process.env).some(complete)) return unset;
  const mirror = usualMirrors().find(complete);
  if (mirror !== undefined) return mirrored(mirror);
  return { ...unset, TF_PLUGIN_CACHE_DIR: await cache() };
}

function lacking(folder: string, providers: readonly Provider[], platform: string): string {
  const needed = providers.map(({ source, version }) => `${source}/${version}/${platform}`);
  return `STORE_TERRAFORM_MIRROR is '${folder}', where ${needed.join(' and ')} should be`;
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Nothing but the folder: what it lacks is an error, not a question to the network. */
async function mirrored(folder: string): Promise<NodeJS.ProcessEnv> {
  const file = join(DATA, 'terraform-mirror.tfrc');
  // Another run may be reading it: it is there whole, or not at all.
  const written = `${file}.${randomUUID()}`;
  await mkdir(DATA, { recursive: true });
  await writeFile(
    written,
    `provider_installation {
  filesystem_mirror {
    path = ${JSON.stringify(folder)}
  }
}
`,
  );
  await rename(written, file);
  return { TF_CLI_CONFIG_FILE: file };
}

/** Shared by all stacks: the provider has 700 MB. Two at once must not fill it. */
async function cache(): Promise<string> {
  const folder = process.env['TF_PLUGIN_CACHE_DIR'] ?? join(DATA, 'terraform-plugins');
  await mkdir(folder, { recursive: true });
  return folder;
}
