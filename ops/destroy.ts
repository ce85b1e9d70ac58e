/** `npm run destroy`: takes an environment away, or what an account has once. */
import { environments } from '../stacks/environments.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { dataFolder } from './deployment/data-folder.ts';
import { WrongUse } from './deployment/refusal.ts';
import { destroyAccount } from './destroy/account.ts';
import { destroyEnvironment } from './destroy/environment.ts';

const USAGE = `Usage: npm run destroy -- <environment> [--yes | --confirm <environment>]
       npm run destroy -- account --of <environment> [--confirm <project>]

Takes an environment away: shows what would be destroyed, and asks. Of production its name
must be typed. Where dataMayBeLost is false AWS protects the data; then it says what is
protected and what to do, before anything is destroyed. At the end it says what stays.

The second form takes away what an account has once, when no environment is left in it: the
registry with its images, and last the bucket of all states. The project's name must be typed.

  <environment>  a name of stacks/environments.ts
  --yes          do without the question; not enough for production
  --confirm      the name that would be typed, to do without the question
  --of           an environment whose account is meant
  --help         this text

AWS's usual variables say who you are, such as AWS_PROFILE. STORE_STATE_BUCKET names the
bucket, as for the bootstrap. It may be broken off, and goes on when it is run again.

Exits with 0 when all is destroyed, 1 when it is not, 64 when the arguments are wrong, 130
after Ctrl-C, which lets Terraform end in order.
`;

const OPTIONS = {
  yes: { type: 'boolean', default: false },
  confirm: { type: 'string' },
  of: { type: 'string' },
} as const;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'destroy',
    usage: USAGE,
    options: OPTIONS,
    run: async ({ values: { yes, confirm, of }, positionals }) => {
      const table = environments;
      const name = oneEnvironment(positionals);
      if (name === 'account') {
        if (of === undefined) throw new WrongUse('--of must name an environment of the account');
        if (yes) throw new WrongUse('--yes means nothing for an account: --confirm <project> does');
        await destroyAccount({ table, of, confirm, data: dataFolder('bootstrap') });
        return 0;
      }
      if (of !== undefined) throw new WrongUse('--of is for the account alone');
      await destroyEnvironment({ table, name, confirm, yes });
      return 0;
    },
  });
}
