/** The everyday command of a person, `npx cdktf deploy`, in a folder of this rehearsal's own. */
import { arch, platform } from 'node:process';
import type { Environment } from '../../stacks/place.ts';
import type { Say } from '../deployment/progress.ts';
import { providerSource } from '../terraform/providers.ts';
import type { Run } from './run.ts';

/** Seconds. */
const PATIENCE = 420;

const OPTIONS = ['--auto-approve', '--skip-provider-lock'];

/** All stacks of the environment. @throws CommandFailed */
export async function deployEverything(
  { commands, folder }: Run,
  { label }: Environment,
  say: Say,
): Promise<void> {
  const machine = arch === 'x64' ? 'amd64' : arch;
  await commands.run({
    log: 'cdktf-deploy',
    args: ['npx', 'cdktf', 'deploy', `${label}-*`, ...OPTIONS, '--output', folder.make('cdktf')],
    limit: PATIENCE,
    environment: {
      ...(await providerSource(`${platform}_${machine}`)),
      CHECKPOINT_DISABLE: '1',
      // Without a terminal it writes lines.
      CI: '1',
    },
    say,
  });
}
