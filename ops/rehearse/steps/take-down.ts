/** Step 8: everything goes in the right order, and nothing remains. */
import { PROJECT } from '../../../contract.ts';
import type { Say } from '../../deployment/progress.ts';
import { leftOf } from '../../emulator/containers/network.ts';
import type { Ground } from '../ground.ts';
import { judgeCalls, learnNames } from '../least-privilege.ts';
import { leftovers } from '../leftovers.ts';
import { removeOperator } from '../operator-role.ts';
import type { Run } from '../run.ts';
import { setVariables } from '../surroundings.ts';

const STEP = 'take-down';

/** Seconds. */
const PATIENCE = { environment: 420, account: 240 };

export async function takeDown(run: Run, ground: Ground, say: Say): Promise<void> {
  const { checks, commands, options, folder } = run;
  const { environment } = ground.stacks;
  const names = await learnNames(ground);
  const destroy = [process.execPath, 'ops/destroy.ts'] as const;
  await checks.keep(STEP, 'destroy takes the environment away', () =>
    commands.run({
      log: `${STEP}-environment`,
      args: [...destroy, environment.name, '--yes'],
      limit: PATIENCE.environment,
      say,
    }),
  );
  await checks.keep(STEP, 'destroy account takes registry and states away, last', () =>
    commands.run({
      log: `${STEP}-account`,
      args: [...destroy, 'account', '--of', environment.name, '--confirm', PROJECT],
      limit: PATIENCE.account,
      say,
    }),
  );
  say('is anything left?');
  setVariables(ground.root);
  await removeOperator(environment).catch(() => undefined);
  await checks.keep(STEP, 'no resource remains that the emulator can list', async () => {
    const { accountId, region } = environment;
    const left = await leftovers({ endpoint: ground.endpoint, accountId, region });
    if (left.length > 0) throw new Error(`these are left:\n${left.join('\n')}`);
  });
  await judgeCalls(run, ground, names);
  if (ground.engine === undefined || options.endpoint !== undefined) return;
  await checks.keep(STEP, 'no container and no volume remains', async () => {
    const left = await leftOf(folder.record.network);
    // The network itself goes with the emulator.
    const others = left.filter((thing) => !thing.startsWith('network '));
    if (others.length > 0) throw new Error(others.join('\n'));
  });
}
