/** `npm run token`: an access token of a person, for scripts and for `npm run call`. */
import { environments } from '../stacks/environments.ts';
import { requireAccount } from './deployment/account.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { find } from './deployment/synthesis.ts';
import { tokenOf } from './token/person.ts';

const USAGE = `Usage: npm run --silent token -- <environment> --email <address> [--code <digits>]

Signs somebody in and prints their access token, good for an hour, and nothing else:

  TOKEN=$(npm run --silent token -- dev --email ada@example.com)

The password is asked for unseen, or taken from standard input or STORE_PASSWORD. It is neither
printed nor kept, and so is the token.

  <environment>  a name of stacks/environments.ts
  --email        whose token
  --code         the present code of their second factor; asked for when it is wanted
  --help         this text

AWS's usual variables say who you are, such as AWS_PROFILE: signing others in takes
cognito-idp:AdminInitiateAuth on the pool, and reading the states.

Exits with 0 and a token, 1 when there is none, 64 when the arguments are wrong, 130 after Ctrl-C.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'token',
    usage: USAGE,
    options: { email: { type: 'string', default: '' }, code: { type: 'string' } },
    afterInterruption: 'run the same command again',
    run: async ({ values: { email, code }, positionals }) => {
      const { environment } = find(environments, oneEnvironment(positionals));
      await requireAccount(environment);
      console.log(await tokenOf(environment, { email, code }));
      return 0;
    },
  });
}
