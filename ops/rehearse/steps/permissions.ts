/** Step 7: IAM decides, and a permission that is missing fails where it is needed. */
import assert from 'node:assert/strict';
import type { Task } from '@aws-sdk/client-ecs';
import type { Say } from '../../deployment/progress.ts';
import { lastLines } from '../../running/log.ts';
import { migrationLog } from '../../running/names.ts';
import { exitCodeOf } from '../../running/one-off-task.ts';
import { endOf, idOf } from '../../running/stopped-tasks.ts';
import type { Environment } from '../../../stacks/place.ts';
import type { Ground } from '../ground.ts';
import { without } from '../permission.ts';
import type { Run } from '../run.ts';
import { rotate } from '../tasks.ts';

const STEP = 'permissions';

/** Lines of a log: the cause stands above the places where it passed through. */
const LINES = 60;

export async function permissions(run: Run, { stacks }: Ground, say: Say): Promise<void> {
  const { environment } = stacks;
  const { region, prefix } = environment;
  const { checks, signal } = run;
  const tellOf = (task: Task) => wordsOf(environment, task);

  say('the execution role without ecr:BatchGetImage');
  await checks.keep(STEP, 'an execution role that may not pull the image starts no task', () =>
    without(
      { region, role: `${prefix}-migration-execution`, action: 'ecr:BatchGetImage' },
      async () => {
        const task = await rotate(stacks, signal);
        assert.equal(exitCodeOf(task), undefined, 'it ran');
        assert.match(endOf(task), /ecr:BatchGetImage/);
      },
    ),
  );
  say('the task role without secretsmanager:GetSecretValue');
  await checks.keep(
    STEP,
    'a task role that may not read the secret fails the task, and its log says so',
    () =>
      without(
        { region, role: `${prefix}-rotation`, action: 'secretsmanager:GetSecretValue' },
        async () => {
          const task = await rotate(stacks, signal);
          assert.notEqual(exitCodeOf(task) ?? 0, 0, await tellOf(task));
          assert.match(await tellOf(task), /AccessDenied|not authorized/);
        },
      ),
  );
  say('both as they were');
  await checks.keep(STEP, 'with both permissions back the same task works', async () => {
    const task = await rotate(stacks, signal);
    assert.equal(exitCodeOf(task), 0, await tellOf(task));
  });
}

/** How a task ended, and all that it wrote. */
async function wordsOf(environment: Environment, task: Task): Promise<string> {
  const where = { group: migrationLog(environment), taskId: idOf(task), count: LINES };
  return [endOf(task), ...(await lastLines(environment, where))].join('\n');
}
