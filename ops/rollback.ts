/** `npm run rollback`: back to the image that served before. */
import { environments } from '../stacks/environments.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { rollback } from './release/rollback.ts';

const USAGE = `Usage: npm run rollback -- <environment> [options]

Brings back the image that served before the present one, and looks whether it serves. The
schema stays as it is: builds work with newer schemas, until a migration says otherwise,
and then this is refused.

  <environment>       a name of stacks/environments.ts
  --yes               do without the questions
  --digest <sha256:…> an image that was released here before; the one before by default
  --help              this text

Exits with 0 when the old version serves, 1 when it does not, 64 when the arguments are
wrong, 130 after Ctrl-C.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'rollback',
    usage: USAGE,
    options: { yes: { type: 'boolean', default: false }, digest: { type: 'string' } },
    run: async ({ values: { yes, digest }, positionals }) => {
      const name = oneEnvironment(positionals);
      await rollback({ table: environments, name, yes, ...(digest !== undefined && { digest }) });
      return 0;
    },
  });
}
