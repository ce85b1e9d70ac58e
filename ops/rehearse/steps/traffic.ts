/** Step 4: the integration tests of the version that stands. */
import type { Say } from '../../deployment/progress.ts';
import type { Ground } from '../ground.ts';
import type { Home } from '../home.ts';
import { passIntegrationTests } from '../integration-tests.ts';
import type { Run } from '../run.ts';

export async function traffic(
  run: Run,
  ground: Ground,
  { home, say }: { readonly home: Home; readonly say: Say },
): Promise<void> {
  const whose = ground.earlier?.command;
  await passIntegrationTests(run, ground, { home, step: 'traffic', whose, say });
}
