/** A whole rehearsal, in order. */
import type { EmulatorCrashed, Ground } from './ground.ts';
import type { Home } from './home.ts';
import {
  elsewhere,
  failed,
  nobody,
  unchanged,
  unlessFirst,
  untested,
  unwanted,
} from './left-out.ts';
import { describeFailures } from './outcomes.ts';
import type { Run, StepName } from './run.ts';
import type { Stage } from './stage.ts';
import type { Steps } from './steps.ts';
import { badReleases } from './steps/bad-release.ts';
import { bootstrap } from './steps/bootstrap.ts';
import { change } from './steps/change.ts';
import { faults } from './steps/faults.ts';
import { permissions } from './steps/permissions.ts';
import { prepare } from './steps/prepare.ts';
import { restore } from './steps/restore.ts';
import { standingUp, upgrading } from './standing-up.ts';
import { takeDown } from './steps/take-down.ts';
import { traffic } from './steps/traffic.ts';
import { type Scene, withHome } from './with-home.ts';

/**
 * @param stage is filled as it comes
 * @param crashed is told when the emulator ends by itself
 * @throws whatever ended it from outside
 */
export async function rehearse(
  { run, steps, stage }: { readonly run: Run; readonly steps: Steps; readonly stage: Stage },
  crashed: (error: EmulatorCrashed) => void,
): Promise<void> {
  const { options } = run;
  const ground = await steps.take('prepare', undefined, (say) =>
    prepare(run, stage, { say, crashed }),
  );
  if (ground === undefined) return;
  if (options.only === 'prepare') return;
  await steps.take('bootstrap', undefined, (say) => bootstrap(run, ground, say));
  if (options.only !== 'bootstrap') await afterBootstrap({ run, steps, stage }, ground);
}

async function afterBootstrap({ run, steps, stage }: Scene, ground: Ground): Promise<void> {
  const { options } = run;
  const { home, ahead } = await standingUp({ run, steps, stage }, ground);
  const unless = (step: StepName, ...others: (string | undefined)[]) => {
    const needed = ['bootstrap', 'stand-up', 'upgrade'] as const;
    return unlessFirst(unwanted(run, step), ...needed.map((one) => failed(steps, one)), ...others);
  };
  await withHome({ run, steps, stage }, unless('traffic', untested(run), nobody(home)), {
    step: 'traffic',
    work: (there, say) => traffic(run, ground, { home: there, say }),
  });
  if (options.traffic && home !== undefined) startLoad(run, home);
  await upgrading({ run, steps, stage }, ground, {
    ahead,
    why: unless('upgrade', unchanged(ground), nobody(home)),
  });
  await underLoad({ run, steps, stage }, ground, (step, ...others) =>
    unless(step, nobody(home), ...others),
  );
  await endLoad(run, stage);
  if (!options.keep) {
    await stage.home?.stop();
    delete stage.home;
  }
  const standing = options.keep ? 'it stays, as asked' : undefined;
  await steps.take('take-down', standing ?? unwanted(run, 'take-down'), (say) =>
    takeDown(run, ground, say),
  );
}

function startLoad({ notes }: Run, { load }: Home): void {
  notes.wholeLoad = () => load.tally();
  load.start();
}

/** What failed between two checks has failed too. */
async function endLoad({ checks, notes }: Run, { home }: Stage): Promise<void> {
  await home?.load.stop();
  const { wholeLoad } = notes;
  if (wholeLoad === undefined) return;
  await checks.keep(
    'load',
    'no request failed in all the time, but those of killed tasks and of the restore’s switch',
    () => {
      const whole = wholeLoad();
      const others = whole.failed.filter((failure) => !notes.excused.has(failure));
      if (others.length > 0) throw new Error(describeFailures({ ...whole, failed: others }));
    },
  );
}

async function underLoad(
  scene: Scene,
  ground: Ground,
  unless: (step: StepName, ...others: (string | undefined)[]) => string | undefined,
): Promise<void> {
  const { run, stage } = scene;
  await withHome(scene, unless('change'), {
    step: 'change',
    work: (home, say) => change(run, ground, { home, say, upgraded: stage.upgraded }),
  });
  // The last bad release waits for more than a minute, in which it needs no one-off task.
  const { promise: waits, resolve: nowWaits } = Promise.withResolvers<void>();
  await Promise.all([
    withHome(scene, unless('bad-release'), {
      step: 'bad-release',
      work: (home, say) => badReleases(run, ground, { home, say, nowWaits }),
    }).finally(nowWaits),
    waits.then(() =>
      withHome(scene, unless('permissions'), {
        step: 'permissions',
        work: (_, say) => permissions(run, ground, say),
      }),
    ),
  ]);
  await withHome(scene, unless('faults', elsewhere(run)), {
    step: 'faults',
    work: (home, say) => faults({ run, ground, home, say }),
  });
  await withHome(scene, unless('restore'), {
    step: 'restore',
    work: (home, say) => restore({ run, ground, home, say }),
  });
}
