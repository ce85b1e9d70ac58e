/** Step 4: the integration tests through the front door, with people of the emulated pool. */
import type { Say } from '../../deployment/progress.ts';
import type { Ground } from '../ground.ts';
import type { Home } from '../home.ts';
import type { Run } from '../run.ts';

/** Seconds; on two cores they take less than one minute. */
const PATIENCE = 300;

export async function traffic(
  run: Run,
  { stacks }: Ground,
  { home, say }: { readonly home: Home; readonly say: Say },
): Promise<void> {
  const { userPoolId, clientId } = home.pool;
  const people = ['--people', 'cognito', '--user-pool', userPoolId, '--client', clientId];
  const { currency } = stacks.environment.service;
  await run.checks.keep('traffic', 'the integration tests pass through the front door', () =>
    run.commands.run({
      log: 'traffic-tests',
      args: [process.execPath, 'ops/test-deployed.ts', home.url, ...people, '--currency', currency],
      limit: PATIENCE,
      // Their door is on this machine: no proxy is needed, and the tests of proxies are not theirs.
      environment: { NODE_USE_ENV_PROXY: '', FORCE_COLOR: '0' },
      say,
    }),
  );
}
