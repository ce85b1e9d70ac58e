/** What the release before this step has left, for the steps and jobs after it. */
import { environments } from '../../stacks/environments.ts';
import { requireAccount } from '../deployment/account.ts';
import { oneEnvironment, runCommand } from '../deployment/command.ts';
import { Refusal } from '../deployment/refusal.ts';
import { find } from '../deployment/synthesis.ts';
import { readOutputs, valueOf } from '../outputs/outputs.ts';
import { readRecords } from '../running/records.ts';
import { tellSteps } from './step.ts';

const USAGE = `Usage: node ops/pipelines/released.ts <environment>

Tells the next steps what serves in an environment, as outputs of this one: digest, url, and for
the integration tests user-pool, client and currency. Its last release must have ended well.

AWS's usual variables say who you are.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'released',
    usage: USAGE,
    options: {},
    run: async ({ positionals }) => {
      const { environment } = find(environments, oneEnvironment(positionals));
      const { name, service } = environment;
      await requireAccount(environment);
      const [last] = await readRecords(environment);
      if (last?.outcome !== 'succeeded') {
        throw new Refusal(
          `the last release of ${name} ended as '${last?.outcome ?? 'none'}': npm run releases -- ${name}`,
        );
      }
      const outputs = await readOutputs(environments, environment, ['identity', 'service']);
      await tellSteps({
        digest: last.digest,
        url: valueOf(outputs, 'service_url'),
        'user-pool': valueOf(outputs, 'user_pool_id'),
        client: valueOf(outputs, 'command_line_client_id'),
        currency: service.currency,
      });
      return 0;
    },
  });
}
