/** `npm run release`: brings an environment to what the table and the code say. */
import { environments } from '../stacks/environments.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { release } from './release/release.ts';
import { dryRelease } from './release/dry-run.ts';

const USAGE = `Usage: npm run release -- <environment> [options]

Brings an environment to what the table and the code say: applies network, identity and
database, builds the image and pushes it, migrates the database, exchanges the service's
tasks without a gap, and looks whether it is so. On an empty account run bootstrap first.

  <environment>    a name of stacks/environments.ts
  --yes            do without the questions: each plan is applied as it comes
  --dry-run        only show what each stack would do; nothing is built or changed
  --image <name>   release this image of your container engine instead of building one
  --from <env>     release the image of another environment, bit for bit
  --seed           fill an empty store with the demo; refused in production
  --help           this text

Where it fails, the old version goes on serving, the digest before is put back, and the
reasons are printed: what the tasks said last, and why ECS stopped them. It may be run
again at any time, and goes on from where it was. Two at once: the second is refused.

Exits with 0 when the new version serves, 1 when it does not, 64 when the arguments are
wrong, 130 after Ctrl-C.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'release',
    usage: USAGE,
    options: {
      yes: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      seed: { type: 'boolean', default: false },
      image: { type: 'string' },
      from: { type: 'string' },
    },
    run: async ({ values, positionals }) => {
      const { yes, seed, image, from, 'dry-run': dryRun } = values;
      const name = oneEnvironment(positionals);
      if (image !== undefined && from !== undefined) {
        throw new WrongUse('--image and --from both name the image: give one of them');
      }
      if (dryRun && (seed || image !== undefined || from !== undefined)) {
        throw new WrongUse('--dry-run looks at the stacks only: it goes with no image and no demo');
      }
      if (dryRun) await dryRelease(environments, name);
      else {
        const named = {
          ...(image !== undefined && { image }),
          ...(from !== undefined && { from }),
        };
        await release({ table: environments, name, yes, seed, ...named });
      }
      return 0;
    },
  });
}
