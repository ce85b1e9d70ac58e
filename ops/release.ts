/** `npm run release`: brings an environment to what the table and the code say. */
import { environments } from '../stacks/environments.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { release } from './release/release.ts';
import { dryRelease } from './release/dry-run.ts';
import { reviewedOnly } from './release/reviewed.ts';

const USAGE = `Usage: npm run release -- <environment> [options]

Brings an environment to what the table and the code say: applies network, identity and
database, builds the image and pushes it, migrates the database, exchanges the service's
tasks without a gap, and looks whether it is so. On an empty account run bootstrap first.

  <environment>    a name of stacks/environments.ts
  --yes            do without the questions: each plan is applied as it comes
  --reviewed <file>
                   what npm run review -- --format json said: a plan that does no more than
                   that, the image aside, is applied without a question; taking away
                   what holds data where none may be lost needs a person at a terminal
  --dry-run        only show what each stack would do; nothing is built or changed
  --image <name>   release this image of your container engine instead of building one
  --contract       allow migrations that break older builds, or lock a large table for long
  --seed           fill an empty store with the demo; refused in production
  --help           this text

Where it fails, the old version goes on serving, the digest before is put back, and the
reasons are printed: what the tasks said last, and why ECS stopped them. It may be run
again at any time, and goes on from where it was. Two at once: the second is refused.

Exits with 0 when the new version serves, 1 when it does not, 2 when a plan does what was not
reviewed and there is no terminal to ask at, 64 when the arguments are wrong, 130 after Ctrl-C.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'release',
    usage: USAGE,
    options: {
      yes: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      seed: { type: 'boolean', default: false },
      contract: { type: 'boolean', default: false },
      image: { type: 'string' },
      reviewed: { type: 'string' },
    },
    run: async ({ values, positionals }) => {
      const { yes, seed, image, contract, reviewed, 'dry-run': dryRun } = values;
      const name = oneEnvironment(positionals);
      if (dryRun && (seed || image !== undefined)) {
        throw new WrongUse('--dry-run looks at the stacks only: it goes with no image and no demo');
      }
      if (dryRun) {
        await dryRelease(environments, name);
        return 0;
      }
      const options = { yes, seed, contract, reviewed, ...(image !== undefined && { image }) };
      return reviewedOnly({ yes, reviewed }, () =>
        release({ table: environments, name, ...options }),
      );
    },
  });
}
