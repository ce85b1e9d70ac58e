/** The integration tests, through the front door, with people of the emulated pool. */
import type { Say } from '../deployment/progress.ts';
import type { Command } from './commands.ts';
import type { Ground } from './ground.ts';
import type { Home } from './home.ts';
import type { Run } from './run.ts';

/** Seconds; on two cores they take less than one minute. */
const PATIENCE = 300;

interface Testing {
  readonly home: Home;
  readonly step: string;
  /** Whose tests, where they are not this version's. */
  readonly whose: Pick<Command, 'folder' | 'environment'> | undefined;
  readonly say: Say;
}

export async function passIntegrationTests(
  run: Run,
  { stacks }: Ground,
  { home, step, whose, say }: Testing,
): Promise<void> {
  const { userPoolId, clientId } = home.pool;
  const people = ['--people', 'cognito', '--user-pool', userPoolId, '--client', clientId];
  const { currency } = stacks.environment.service;
  await run.checks.keep(step, 'the integration tests pass through the front door', () =>
    run.commands.run({
      log: `${step}-tests`,
      ...whose,
      args: [process.execPath, 'ops/test-deployed.ts', home.url, ...people, '--currency', currency],
      limit: PATIENCE,
      // Their door is on this machine: no proxy is needed, and the tests of proxies are not theirs.
      environment: { ...whose?.environment, NODE_USE_ENV_PROXY: '', FORCE_COLOR: '0' },
      say,
    }),
  );
}
