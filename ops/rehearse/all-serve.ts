/** Two tasks, whatever number a command has left. */
import assert from 'node:assert/strict';
import { describeService, setDesired } from '../running/service.ts';
import type { Ground } from './ground.ts';
import type { Run } from './run.ts';
import { TASKS } from './steps/stand-up.ts';
import { untilHealthy } from './tasks.ts';

export async function untilAllServe(
  { checks, signal }: Run,
  { stacks }: Ground,
  step: string,
): Promise<void> {
  const { environment } = stacks;
  await checks
    .keep(step, `${TASKS} tasks serve afterwards, as before`, async () => {
      assert.equal((await describeService(environment))?.desired, TASKS, 'the number was changed');
      await untilHealthy(environment, TASKS, signal);
    })
    .then(async (isSo) => (isSo ? undefined : setDesired(environment, TASKS)));
}
