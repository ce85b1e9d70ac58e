/** Folders that hold Terraform's providers, so that no registry is asked. */
import { existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Provider } from './locked-providers.ts';

/** Where people and images put one; each pattern is one level, so the search stays short. */
const USUAL_PLACES = ['/opt/*', '/usr/share/terraform*', '/usr/local/share/terraform*'];
const WITHIN = ['', 'plugins', 'providers', 'mirror'];

/** Whether the folder has every provider for the platform, such as `linux_amd64`. */
export function holds(folder: string, providers: readonly Provider[], platform: string): boolean {
  return providers.every(({ source, version }) => {
    const provider = join(folder, source);
    const type = source.split('/').at(-1) ?? source;
    // Terraform knows both layouts: unpacked, and as it was published.
    return (
      existsSync(join(provider, version, platform)) ||
      existsSync(join(provider, `terraform-provider-${type}_${version}_${platform}.zip`))
    );
  });
}

/** Those that Terraform looks into by itself. */
export function impliedMirrors(environment: NodeJS.ProcessEnv, home = homedir()): string[] {
  const data = environment['XDG_DATA_HOME'] ?? join(home, '.local/share');
  const shared = environment['XDG_DATA_DIRS'] ?? '/usr/local/share:/usr/share';
  return [
    join(home, '.terraform.d/plugins'),
    ...[data, ...shared.split(':')].map((folder) => join(folder, 'terraform/plugins')),
    join(home, 'Library/Application Support/io.hashicorp.terraform/plugins'),
    '/Library/Application Support/io.hashicorp.terraform/plugins',
  ];
}

export function usualMirrors(home = homedir()): string[] {
  return globSync([...USUAL_PLACES, join(home, '.terraform.d/*')]).flatMap((folder) =>
    WITHIN.map((inner) => join(folder, inner)),
  );
}
