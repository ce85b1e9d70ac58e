/** Puts a folder of plans where only those who apply can read them. */
import { environments } from '../../stacks/environments.ts';
import { requireAccount } from '../deployment/account.ts';
import { oneEnvironment, runCommand } from '../deployment/command.ts';
import { WrongUse } from '../deployment/refusal.ts';
import { find } from '../deployment/synthesis.ts';
import { pack } from './package.ts';
import { storePackage } from './plan-store.ts';
import { tellSteps } from './step.ts';

const USAGE = `Usage: node ops/pipelines/store-plans.ts <environment> --plans <folder>

Puts a folder of plans into the account's bucket of states, encrypted, under the SHA-256 of what
is put there: an output of the step, 'digest'. Nobody can replace them. They are gone after seven
days. Who plans can put plans there, and not read them.

AWS's usual variables say who you are.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'store-plans',
    usage: USAGE,
    options: { plans: { type: 'string' } },
    run: async ({ values: { plans }, positionals }) => {
      const { environment } = find(environments, oneEnvironment(positionals));
      if (plans === undefined) throw new WrongUse('--plans is needed: a folder of plans');
      const packed = await pack(plans);
      await requireAccount(environment);
      const { digest, key, wasThere } = await storePackage(environment, packed);
      console.log(`${environment.stateBucket}/${key} ${wasThere ? 'was there already' : 'is new'}`);
      await tellSteps({ digest });
      return 0;
    },
  });
}
