/** `npm run status`: how an environment is, in a few seconds. */
import { environments } from '../stacks/environments.ts';
import { requireAccount } from './deployment/account.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { find } from './deployment/synthesis.ts';
import { asText } from './status/finding.ts';
import { restoreFindings } from './restore/under-way.ts';
import { releaseFindings } from './status/releases.ts';
import { secretFindings } from './status/secrets.ts';
import { serviceFindings } from './status/service.ts';
import { stackFindings } from './status/stacks.ts';

const USAGE = `Usage: npm run status -- <environment> [--json]

Says how an environment is: its stacks, tasks and targets, whether what was released is
what runs, the last release, the schema, the age of the logins to the database, and
whether a release is at work. What is not well is marked NOT.

  <environment>  a name of stacks/environments.ts
  --json         a list of { what, text, isWell }
  --help         this text

AWS's usual variables say who you are, such as AWS_PROFILE. Nothing is changed.

Exits with 0 when all is well, 1 when something is not, 64 when the arguments are wrong.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'status',
    usage: USAGE,
    options: { json: { type: 'boolean', default: false } },
    run: async ({ values: { json }, positionals }) => {
      const { environment } = find(environments, oneEnvironment(positionals));
      await requireAccount(environment);
      const parts = await Promise.all([
        stackFindings(environment),
        serviceFindings(environment),
        releaseFindings(environment),
        secretFindings(environment),
        restoreFindings(environment),
      ]);
      const findings = parts.flat();
      console.log(json ? JSON.stringify(findings, null, 2) : asText(findings));
      return findings.every(({ isWell }) => isWell) ? 0 : 1;
    },
  });
}
