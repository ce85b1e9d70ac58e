/** `npm run doctor`: what is missing or wrong, before a deployment finds out. */
import { environments } from '../stacks/environments.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { asText } from './doctor/diagnosis.ts';
import { diagnose } from './doctor/doctor.ts';

const USAGE = `Usage: npm run doctor -- [<environment>] [--token <file>] [--json]

Looks at everything that a deployment needs, and says what to do about what is wrong: the
tools of this machine and the table; for an environment also credentials, clock, state
bucket, registry, roles, stacks and locks.

  <environment>   a name of stacks/environments.ts; without it tools and table only
  --token <file>  a token that a job of GitHub asked for, - for the standard input: says
                  which claim AWS would not take, and what to write where. In a job that
                  may have a token its own is looked at. It is not shown.
  --json          a list of { what, verdict, text }
  --help          this text

AWS's usual variables say who you are, such as AWS_PROFILE. Nothing is changed.

Exits with 0, with 1 when something is wrong (a warning is not), 64 when the arguments are
wrong, 130 after Ctrl-C.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'doctor',
    usage: USAGE,
    options: { json: { type: 'boolean', default: false }, token: { type: 'string' } },
    run: async ({ values: { json, token }, positionals }) => {
      const name = positionals.length === 0 ? undefined : oneEnvironment(positionals);
      if (token !== undefined && name === undefined) {
        throw new WrongUse('--token needs the environment whose roles the token is for');
      }
      const found = await diagnose({ table: environments, name, token });
      console.log(json ? JSON.stringify(found, null, 2) : asText(found));
      return found.every(({ verdict }) => verdict !== 'wrong') ? 0 : 1;
    },
  });
}
