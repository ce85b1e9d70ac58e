/** `npm run apply`: the plans of a folder, exactly as they were reviewed. */
import { environments } from '../stacks/environments.ts';
import { apply } from './apply/apply.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';

const USAGE = `Usage: npm run apply -- <environment> --plans <folder> [options]

Applies the plans that \`npm run plan\` wrote into a folder: exactly these, in order. What is of
another environment, was altered, or was made upon a state that was written since is refused,
with what would be different now. Provisional plans are not applied: it ends before the first
of them, and says which stacks must be planned anew. What is applied already is left out.

  <environment>      a name of stacks/environments.ts
  --plans <folder>   with plans.json, such as .data/plans/dev
  --yes              do without the question; enough when the review wants no named approval
  --confirm <name>   the environment's name: the named approval, given with the command
  --sha256 <digest>  of plans.json, as it was when the plans were reviewed
  --help             this text

Infrastructure alone: the image and the schema are the release's affair. One at a time: it takes
the release's lock. AWS's usual variables say who you are, such as AWS_PROFILE.

Exits with 0 when all is applied, 2 when stacks are left to be planned anew, 1 when something was
refused or failed, 64 when the arguments are wrong, 130 after Ctrl-C.
`;

/** Somebody has to plan and review what is left. */
const EXIT_LEFT = 2;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'apply',
    usage: USAGE,
    options: {
      plans: { type: 'string' },
      yes: { type: 'boolean', default: false },
      confirm: { type: 'string' },
      sha256: { type: 'string' },
    },
    run: async ({ values: { plans, yes, confirm, sha256 }, positionals }) => {
      const name = oneEnvironment(positionals);
      if (plans === undefined) throw new WrongUse('--plans is needed: the folder that plan wrote');
      const left = await apply({ table: environments, name, plans, yes, confirm, sha256 });
      if (left.length === 0) return 0;
      console.log(`\nLeft: ${left.join(', ')}. Plan and review them: npm run plan -- ${name}`);
      return EXIT_LEFT;
    },
  });
}
