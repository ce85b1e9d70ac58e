/** Step 2, first half: root makes what the account has once, and an administrator's role. */
import type { Say } from '../../deployment/progress.ts';
import type { Ground } from '../ground.ts';
import { becomeOperator } from '../operator-role.ts';
import type { Run } from '../run.ts';
import { setVariables } from '../surroundings.ts';

/** Seconds; the provider waits a minute for the bucket's rules alone. */
const PATIENCE = 240;

export async function bootstrap(run: Run, { stacks }: Ground, say: Say): Promise<void> {
  const { environment } = stacks;
  await run.checks.keep('bootstrap', 'bootstrap makes the state’s bucket and the registry', () =>
    run.commands.run({
      log: 'bootstrap',
      args: [process.execPath, 'ops/bootstrap.ts', environment.name, '--yes'],
      limit: PATIENCE,
      say,
    }),
  );
  // From here on nobody is root: IAM decides about each request.
  setVariables(await becomeOperator(environment));
}
