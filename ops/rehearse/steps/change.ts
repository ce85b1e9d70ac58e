/** Step 5: what happens on a working day, under load: a release, a way back, a loss. */
import assert from 'node:assert/strict';
import type { Say } from '../../deployment/progress.ts';
import { readDigest } from '../../running/digest.ts';
import { untilAllServe } from '../all-serve.ts';
import type { Ground } from '../ground.ts';
import type { Home } from '../home.ts';
import { killOneTask } from '../killed-task.ts';
import { noneFailed } from '../none-failed.ts';
import type { Run } from '../run.ts';
import { rotate } from '../tasks.ts';
import { exitCodeOf } from '../../running/one-off-task.ts';
import { endOf } from '../../running/stopped-tasks.ts';

const STEP = 'change';

/** Seconds for a release or a way back. */
const PATIENCE = 300;

interface Scene {
  readonly home: Home;
  readonly say: Say;
  /** Digest of this version's image, where an earlier one serves. */
  readonly upgraded: string | undefined;
}

export async function change(
  run: Run,
  ground: Ground,
  { home, say, upgraded }: Scene,
): Promise<void> {
  const { environment } = ground.stacks;
  const serves = await readDigest(environment);
  const before = upgraded ?? serves;
  // The one before the present release, or the one before that.
  const named = before === serves ? [] : ['--digest', String(before)];
  say('release of the next image');
  await releaseNext(run, ground, { home, say });
  const after = await readDigest(environment);
  say('a task is killed');
  await killOneTask(run, ground, { home, step: STEP });
  say('the rotation');
  await noneFailed(
    run,
    home,
    { step: STEP, name: 'the rotation gives the service a new login' },
    async () => {
      const task = await rotate(ground.stacks, run.signal);
      assert.equal(exitCodeOf(task), 0, endOf(task));
    },
  );
  say('rollback');
  await noneFailed(
    run,
    home,
    { step: STEP, name: 'rollback brings the image before back' },
    async () => {
      await run.commands.run({
        log: `${STEP}-rollback`,
        args: [process.execPath, 'ops/rollback.ts', environment.name, '--yes', ...named],
        limit: PATIENCE,
        say,
      });
      assert.notEqual(after, before);
      assert.equal(await readDigest(environment), before, 'another image than before is recorded');
    },
  );
  await untilAllServe(run, ground, STEP);
}

async function releaseNext(
  run: Run,
  ground: Ground,
  { home, say }: Omit<Scene, 'upgraded'>,
): Promise<void> {
  const { environment } = ground.stacks;
  const { second } = (await ground.images) ?? { second: '' };
  await noneFailed(
    run,
    home,
    { step: STEP, name: 'an image with an expanding migration is released' },
    () =>
      run.commands.run({
        log: `${STEP}-release`,
        args: [process.execPath, 'ops/release.ts', environment.name, '--yes', '--image', second],
        limit: PATIENCE,
        say,
      }),
  );
  await untilAllServe(run, ground, STEP);
}
