/** `npm run plan`: what an environment's stacks would do, in order, kept and reviewed. */
import { resolve } from 'node:path';
import { environments } from '../stacks/environments.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { dataFolder } from './deployment/data-folder.ts';
import { plan } from './plan/plan.ts';
import { readFolder } from './plan/review.ts';
import { asTable } from './plan/table.ts';
import { approvalsNeeded, review } from './review/review.ts';
import { asTerminal } from './review/terminal.ts';

const USAGE = `Usage: npm run plan -- <environment> [options]

Plans every stack of the environment in the order in which they are applied, keeps the plans
with their SHA-256, and reviews them. Nothing is changed and nothing is locked. A stack that reads
what is not applied yet is planned on stand-ins, and said to be provisional.

  <environment>   a name of stacks/environments.ts
  --out <folder>  for the plans, .data/plans/<environment> by default
  --from-nothing  as if the account were empty: needs no AWS at all, and cannot be applied
  --help          this text

The plans hold what Terraform knows, secrets too: only you can read the folder, and it belongs into
no repository. Plans that were there before are replaced when all new ones are made.

AWS's usual variables say who you are, such as AWS_PROFILE.

Exits with 0 when nothing is risky, 2 when somebody must approve by name what the review says, 1
when it could not be planned, 64 when the arguments are wrong, 130 after Ctrl-C.
`;

/** As a review of them. */
const EXIT_NEEDS_APPROVAL = 2;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'plan',
    usage: USAGE,
    afterInterruption: 'the plans of before are as they were',
    options: { out: { type: 'string' }, 'from-nothing': { type: 'boolean', default: false } },
    run: async ({ values: { out, 'from-nothing': fromNothing }, positionals }) => {
      const name = oneEnvironment(positionals);
      const folder = resolve(out ?? dataFolder(`plans/${name}`));
      const { stacks } = await plan({ table: environments, name, out: folder, fromNothing });
      const plans = await readFolder(folder, stacks);
      const reviewed = review(plans);
      console.log(`\n${asTable(plans)}\n\n${asTerminal(reviewed)}\nKept in ${folder}`);
      return approvalsNeeded(reviewed).length === 0 ? 0 : EXIT_NEEDS_APPROVAL;
    },
  });
}
