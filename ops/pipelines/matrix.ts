/** For which environments the pipelines work: all from the table, without credentials. */
import { loadEnvironments } from '../../stacks/environment-rules.ts';
import { environments } from '../../stacks/environments.ts';
import { runCommand } from '../deployment/command.ts';
import { WrongUse } from '../deployment/refusal.ts';
import { chainOf, stopsOf, whyNone } from './stops.ts';
import { notice, tellSteps } from './step.ts';

const USAGE = `Usage: node ops/pipelines/matrix.ts

Says for which environments of stacks/environments.ts the pipelines plan and release, as outputs
of a step, JSON each:

  names          all environments of the table
  environments   those that let this repository in: name, region, account, roles
  first          where a commit is built and released first
  middle         where the same image is tested before production, if there is such a one
  production     where it goes in the end

GITHUB_REPOSITORY says which repository this is; without it none is told apart. When no
environment lets it in, the others are empty, and a notice says what to do. No credentials are needed.
`;

/** `fromJSON` takes it, also where a job is skipped because of it. */
const NONE = {};

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'matrix',
    usage: USAGE,
    options: {},
    run: async ({ positionals }) => {
      if (positionals.length > 0) throw new WrongUse(`it takes no ${positionals.join(' ')}`);
      const repository = process.env['GITHUB_REPOSITORY'];
      const all = loadEnvironments(environments, process.env['STORE_STATE_BUCKET']);
      const stops = stopsOf(all, repository);
      if (stops.length === 0) notice('Not set up yet', whyNone(all, repository));
      const { first, middle, production } = chainOf(stops);
      await tellSteps({
        names: JSON.stringify(all.map(({ name }) => name)),
        environments: JSON.stringify(stops),
        first: JSON.stringify(first ?? NONE),
        middle: JSON.stringify(middle ?? NONE),
        production: JSON.stringify(production ?? NONE),
      });
      return 0;
    },
  });
}
