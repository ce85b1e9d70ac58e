/** Step 6: three releases that must not get through, and nobody outside notices. */
import assert from 'node:assert/strict';
import type { Say } from '../../deployment/progress.ts';
import { readDigest } from '../../running/digest.ts';
import { describeService } from '../../running/service.ts';
import { stateLockKeyOf } from '../../running/states.ts';
import type { Command } from '../commands.ts';
import type { Ground } from '../ground.ts';
import type { Home } from '../home.ts';
import { refuseLocks } from '../locks.ts';
import { noneFailed } from '../none-failed.ts';
import { LOCKED } from '../pipeline-trials.ts';
import type { Run } from '../run.ts';
import { changeSettings } from '../settings-change.ts';
import { healthyTargets } from '../tasks.ts';
import { until } from '../until.ts';
import { TASKS } from './stand-up.ts';

const STEP = 'bad-release';

interface BadRelease {
  readonly title: string;
  readonly image: 'contracting' | 'brokenMigration' | 'neverHealthy';
  /** Seconds until it must have given up. */
  readonly limit: number;
  /** What it must say: why it ended, and what the task wrote last. */
  readonly says: readonly RegExp[];
}

const BAD_RELEASES: readonly BadRelease[] = [
  {
    title: 'a migration that contracts, without a word about it',
    image: 'contracting',
    limit: 180,
    says: [/9002_rehearsal\.sql:1: ALTER TABLE products DROP COLUMN/, /needs --contract/],
  },
  {
    title: 'a migration that fails',
    image: 'brokenMigration',
    limit: 180,
    says: [/ended with 1/, /no_such_table/],
  },
  {
    title: 'an image that is never healthy',
    image: 'neverHealthy',
    limit: 300,
    says: [/task [0-9a-f]/, /rehearsal: this build is never healthy/],
  },
];

interface Scene {
  readonly home: Home;
  readonly say: Say;
  /** Is told when the last one is past its migration, and ECS tries its tasks. */
  readonly nowWaits: () => void;
}

export async function badReleases(run: Run, ground: Ground, scene: Scene): Promise<void> {
  const { environment } = ground.stacks;
  const { home, say } = scene;
  const { checks } = run;
  const before = await readDigest(environment);
  for (const bad of BAD_RELEASES) {
    const { title } = bad;
    say(title);
    await Promise.all([
      noneFailed(run, home, { step: STEP, name: `${title} is refused, with its reasons` }, () =>
        release(run, ground, bad),
      ),
      meanwhile(run, ground, { bad, scene }),
    ]);
    await checks.keep(STEP, `after ${title} the old version is the released one`, async () => {
      assert.equal(await readDigest(environment), before);
      assert.equal((await healthyTargets(environment)).length, TASKS, 'healthy targets');
    });
  }
  say('the state afterwards');
  await run.checks.keep(
    STEP,
    'the state is usable afterwards: no lock is left, plans work',
    async () => {
      // Second plans take none, so they would not meet one. The permissions are tried meanwhile.
      await refuseLocks(environment, [stateLockKeyOf(environment, LOCKED)]);
      for (const part of ['migration', 'service']) {
        await ground.stacks.planOf(`${environment.label}-${part}`);
      }
    },
  );
}

/** One ends before it reaches a task of the service, so that a setting finds all of them. */
function meanwhile(
  run: Run,
  ground: Ground,
  { bad, scene }: { readonly bad: BadRelease; readonly scene: Scene },
): Promise<unknown> {
  if (bad.image === 'neverHealthy') return tellWhenTried(run, ground, scene);
  if (bad.image === 'contracting') return Promise.resolve();
  const promise = 'a setting reaches every task within a minute, without a deployment';
  return run.checks.keep(STEP, promise, () => changeSettings(run, ground, scene.home));
}

/** With a second deployment beside the one that serves. */
async function tellWhenTried(run: Run, { stacks }: Ground, { nowWaits }: Scene): Promise<void> {
  const patience = { what: 'ECS tries the bad image', seconds: 120, signal: run.signal };
  await until(patience, async () => {
    const service = await describeService(stacks.environment);
    return (service?.deployments.length ?? 0) > 1 ? true : undefined;
    // Whether it was tried at all, the release itself tells.
  }).catch(() => undefined);
  nowWaits();
}

async function release(run: Run, { stacks, images }: Ground, bad: BadRelease): Promise<void> {
  const image = (await images)?.[bad.image] ?? '';
  const { name } = stacks.environment;
  const command: Command = {
    log: `${STEP}-${bad.image}`,
    args: [process.execPath, 'ops/release.ts', name, '--yes', '--image', image],
    limit: bad.limit,
  };
  const ended = await run.commands.end(command);
  assert.equal(ended.code, 1, `it ended with ${ended.code}; ${run.commands.story(command, ended)}`);
  for (const expected of bad.says) {
    assert.match(
      ended.output,
      expected,
      `it does not say ${expected.source}; ${run.commands.story(command, ended)}`,
    );
  }
}
