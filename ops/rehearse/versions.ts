/** What this rehearsal ran with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockedProviders } from '../terraform/locked-providers.ts';
import { docker } from '../emulator/containers/engine.ts';
import { installedPython } from '../emulator/installation.ts';
import { POSTGRES_MAJOR } from '../../stacks/constructs/postgres-parameters.ts';
import type { Commands } from './commands.ts';
import type { Engine } from './needs.ts';

const REQUIREMENTS = join(import.meta.dirname, '../emulator/requirements.txt');

export async function versions(
  commands: Commands,
  engine: Engine | undefined,
): Promise<Record<string, string>> {
  const first = async (...args: [string, ...string[]]) => {
    const { output } = await commands.run({ log: 'versions', args, limit: 60 });
    return output.split('\n')[0]?.trim() ?? '';
  };
  const providers = lockedProviders().map(({ source, version }) => [source, version]);
  return {
    Terraform: await versionOfTerraform(commands),
    ...(Object.fromEntries(providers) as Record<string, string>),
    MiniStack: /^ministack==(.+)$/m.exec(readFileSync(REQUIREMENTS, 'utf8'))?.[1] ?? '',
    Python: await first(await installedPython(), '--version'),
    Node: process.version,
    ...(engine && {
      'container engine': engine.version,
      PostgreSQL: await postgresVersion(),
      'node in the image': await docker('run', '--rm', 'node:24-slim', 'node', '--version'),
    }),
  };
}

/** What it says of a person's settings stands before it. */
async function versionOfTerraform(commands: Commands): Promise<string> {
  const args = ['terraform', 'version'] as const;
  const { output } = await commands.run({ log: 'versions', args, limit: 60 });
  return /^Terraform v\S+$/m.exec(output)?.[0] ?? '';
}

function postgresVersion(): Promise<string> {
  return docker('run', '--rm', `postgres:${POSTGRES_MAJOR}`, 'postgres', '--version');
}
