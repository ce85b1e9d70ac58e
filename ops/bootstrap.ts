/** `npm run bootstrap`: what an account has once, before its first deployment. */
import { environments } from '../stacks/environments.ts';
import { bootstrap } from './bootstrap/bootstrap.ts';
import { dataFolder } from './deployment/data-folder.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';

const USAGE = `Usage: npm run bootstrap -- <environment> [--yes]

Makes what an account has once: the bucket that holds all states, with its key, and the
registry of images. Terraform shows what it would do, and asks. What is there already
stays as it is: it may be run again, and goes on where an earlier run was broken off, on
another machine too.

  <environment>  a name of stacks/environments.ts; its account and region are meant
  --yes          do without the questions
  --help         this text

AWS's usual variables say who you are, such as AWS_PROFILE. STORE_STATE_BUCKET names the
bucket otherwise than <project>-state-<account>-<region>.

Exits with 0 when all is there, 1 when it is not, 64 when the arguments are wrong, 130
after Ctrl-C, which lets Terraform end in order.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'bootstrap',
    usage: USAGE,
    options: { yes: { type: 'boolean', default: false } },
    run: async ({ values: { yes }, positionals }) => {
      const name = oneEnvironment(positionals);
      await bootstrap({ table: environments, name, data: dataFolder('bootstrap'), asks: !yes });
      return 0;
    },
  });
}
