/** Gets stored plans back, when they are exactly those that are meant. */
import { environments } from '../../stacks/environments.ts';
import { requireAccount } from '../deployment/account.ts';
import { oneEnvironment, runCommand } from '../deployment/command.ts';
import { WrongUse } from '../deployment/refusal.ts';
import { find } from '../deployment/synthesis.ts';
import { unpack } from './package.ts';
import { fetchPackage } from './plan-store.ts';

const USAGE = `Usage: node ops/pipelines/fetch-plans.ts <environment> --digest <sha-256> --out <folder>

Gets plans that were stored back into a new folder, when their SHA-256 is the one that is given:
by another job of the same run, not by whoever stored them.

AWS's usual variables say who you are: somebody who applies.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'fetch-plans',
    usage: USAGE,
    options: { digest: { type: 'string', default: '' }, out: { type: 'string' } },
    run: async ({ values: { digest, out }, positionals }) => {
      const { environment } = find(environments, oneEnvironment(positionals));
      if (!/^[0-9a-f]{64}$/.test(digest)) {
        throw new WrongUse(`--digest is '${digest}': a SHA-256 is needed, 64 letters and figures`);
      }
      if (out === undefined) throw new WrongUse('--out is needed: a folder that is not there yet');
      await requireAccount(environment);
      await unpack(await fetchPackage(environment, digest), digest, out);
      console.log(`the plans ${digest} of ${environment.name} are in ${out}`);
      return 0;
    },
  });
}
