/** `npm run promote`: the very image that serves in one environment, released in another. */
import { environments } from '../stacks/environments.ts';
import { runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { promote } from './promote/promote.ts';
import { reviewedOnly } from './release/reviewed.ts';

const USAGE = `Usage: npm run promote -- <from> <to> [options]

Releases in <to> the very image that serves in <from>: the same digest, not a second build.
Everything else is as in a release: infrastructure, migration, tasks, and a look whether it
serves. Between accounts or regions the image is copied from registry to registry, without a
container engine; what is there already is not sent again.

  <from>, <to>            names of stacks/environments.ts
  --yes                   do without the questions: each plan is applied as it comes
  --reviewed <file>       what npm run review -- --format json said: a plan that does no more
                          than that, the image aside, is applied without a question; taking
                          away what holds data where none may be lost needs a terminal
  --confirm <to>          the name that is typed for production, to do without that question
  --contract              allow migrations that break older builds, or lock a large table for
                          long, as for a release
  --digest <sha256:…>     an image that served well in <from> before; the present one by default
  --from-profile <name>   when <from> is in another account: a profile of AWS's configuration
                          that may read its releases. Without it --digest names the image
  --help                  this text

AWS's usual variables say who you are, such as AWS_PROFILE: somebody of the account of <to>,
who may pull from the registry of <from>.

Exits with 0 when it serves in <to>, 1 when it does not, 2 when a plan does what was not reviewed
and there is no terminal to ask at, 64 when the arguments are wrong, 130 after Ctrl-C.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'promote',
    usage: USAGE,
    options: {
      yes: { type: 'boolean', default: false },
      contract: { type: 'boolean', default: false },
      confirm: { type: 'string' },
      reviewed: { type: 'string' },
      digest: { type: 'string' },
      'from-profile': { type: 'string' },
    },
    run: async ({
      values: { yes, contract, confirm, digest, reviewed, ...values },
      positionals,
    }) => {
      const [from, to, ...others] = positionals;
      if (from === undefined || to === undefined || others.length > 0) {
        throw new WrongUse(`two environments are needed, not ${JSON.stringify(positionals)}`);
      }
      const profile = values['from-profile'];
      const terms = { yes, contract, confirm, reviewed };
      return reviewedOnly(terms, () =>
        promote({ table: environments, from, to, ...terms, digest, profile }),
      );
    },
  });
}
