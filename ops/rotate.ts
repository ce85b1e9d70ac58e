/** `npm run rotate`: another login for the service, now instead of on its day. */
import { parseVariables } from '../service/variables.ts';
import { environments } from '../stacks/environments.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { rotate } from './rotate/rotate.ts';

const USAGE = `Usage: npm run rotate -- <environment> [--grace <seconds>]

Gives the service another login to its database, as the schedule does: the idle one of the
two gets a new password and the secret, and the old password dies after a grace time. No
request fails, and nothing is restarted: whoever is refused reads the secret again. It
ends when new connections use the new login and the old password was refused.

  <environment>      a name of stacks/environments.ts
  --grace <seconds>  how long the old password lives on, 0 to 3600; 60 by default. Take 0
                     when somebody has it who should not
  --help             this text

AWS's usual variables say who you are, such as AWS_PROFILE. The environment is locked
meanwhile, as by a release. Open connections of the old login stay, and end by themselves
within half an hour.

Exits with 0 when all of that is so, 1 when it is not, 64 when the arguments are wrong,
130 after Ctrl-C: the task goes on by itself.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'rotate',
    usage: USAGE,
    options: { grace: { type: 'string' } },
    afterInterruption: 'whatever becomes of it, the secret names a login that works',
    run: async ({ values: { grace }, positionals }) => {
      const name = oneEnvironment(positionals);
      await rotate(environments, name, variablesOf(grace));
      return 0;
    },
  });
}

/** @throws WrongUse */
function variablesOf(grace: string | undefined): Readonly<Record<string, string>> {
  if (grace === undefined) return {};
  const variables = { ROTATION_GRACE_SECONDS: grace };
  const problems = parseVariables(variables);
  if (Array.isArray(problems) || grace === '') {
    throw new WrongUse(`--grace is '${grace}': whole seconds from 0 to 3600 are needed`);
  }
  return variables;
}
