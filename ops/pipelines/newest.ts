/** Keeps a job that runs once more, or was approved late, from releasing what is old. */
import { environments } from '../../stacks/environments.ts';
import { requireAccount } from '../deployment/account.ts';
import { oneEnvironment, runCommand } from '../deployment/command.ts';
import { find } from '../deployment/synthesis.ts';
import { readSource } from '../release/source.ts';
import { readRecords } from '../running/records.ts';
import { execute } from '../terraform/execution.ts';
import { refuseOlder } from './older.ts';

const USAGE = `Usage: node ops/pipelines/newest.ts <environment>

Refuses when an environment serves a newer commit than the one that is checked out here: one that
descends from it. All commits must be here. Whoever wants an older image back: npm run rollback.

AWS's usual variables say who you are.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'newest',
    usage: USAGE,
    options: {},
    run: async ({ positionals }) => {
      const { environment } = find(environments, oneEnvironment(positionals));
      await requireAccount(environment);
      const { commit } = await readSource();
      const records = await readRecords(environment);
      const served = await refuseOlder(
        { environment: environment.name, records, commit },
        contains,
      );
      console.log(`${environment.name} serves ${served ?? 'nothing yet'}; ${commit} is not older`);
      return 0;
    },
  });
}

/** False too for a commit that is not here, as of a branch that somebody has released by hand. */
async function contains(descendant: string, commit: string): Promise<boolean> {
  const { code } = await execute('git', ['merge-base', '--is-ancestor', commit, descendant], {
    folder: import.meta.dirname,
    environment: process.env,
    output: 'hidden',
  });
  return code === 0;
}
