/** A whole rehearsal, in order. */
import { PassThrough } from 'node:stream';
import type { EmulatorCrashed, Ground } from './ground.ts';
import type { Home } from './home.ts';
import { describeFailures } from './outcomes.ts';
import type { Run, StepName } from './run.ts';
import type { Stage } from './stage.ts';
import type { Steps } from './steps.ts';
import { badReleases } from './steps/bad-release.ts';
import { bootstrap } from './steps/bootstrap.ts';
import { change } from './steps/change.ts';
import { permissions } from './steps/permissions.ts';
import { planAgain } from './steps/plan-again.ts';
import { prepare } from './steps/prepare.ts';
import { standUp } from './steps/stand-up.ts';
import { takeDown } from './steps/take-down.ts';
import { traffic } from './steps/traffic.ts';

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

interface Scene {
  readonly run: Run;
  readonly steps: Steps;
  readonly stage: Stage;
}

async function afterBootstrap({ run, steps, stage }: Scene, ground: Ground): Promise<void> {
  const { options } = run;
  const home = await standingUp({ run, steps, stage }, ground);
  const unless = (step: StepName, ...others: (string | undefined)[]) =>
    [unwanted(run, step), failed(steps, 'bootstrap'), failed(steps, 'stand-up'), ...others].find(
      (why) => why !== undefined,
    );
  await withHome({ run, steps, stage }, unless('traffic', untested(run), nobody(home)), {
    step: 'traffic',
    work: (there, say) => traffic(run, ground, { home: there, say }),
  });
  if (options.traffic && home !== undefined) startLoad(run, home);
  await underLoad({ run, steps, stage }, ground, (step) => unless(step, nobody(home)));
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
    'no request failed in all the time, but those of the killed task',
    () => {
      const whole = wholeLoad();
      const others = whole.failed.filter((failure) => !notes.excused.has(failure));
      if (others.length > 0) throw new Error(describeFailures({ ...whole, failed: others }));
    },
  );
}

/** The stacks are planned again as they come. */
async function standingUp({ run, steps, stage }: Scene, ground: Ground): Promise<Home | undefined> {
  const applied = new PassThrough({ objectMode: true });
  for (const name of ground.stacks.ofAccount) applied.write(name);
  const why = failed(steps, 'bootstrap');
  const [home] = await Promise.all([
    steps
      .take('stand-up', why, (say) =>
        standUp(run, ground, { say, stage, applied: (stack) => applied.write(stack) }),
      )
      .finally(() => applied.end()),
    steps.take('plan-again', unwanted(run, 'plan-again') ?? why, (say) =>
      planAgain(run, ground, { applied, say }),
    ),
  ]);
  return home;
}

async function underLoad(
  scene: Scene,
  ground: Ground,
  unless: (step: StepName) => string | undefined,
): Promise<void> {
  const { run } = scene;
  await withHome(scene, unless('change'), {
    step: 'change',
    work: (home, say) => change(run, ground, { home, say }),
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
}

interface HomeStep {
  readonly step: StepName;
  readonly work: (home: Home, say: (doing: string) => void) => Promise<void>;
}

/** A step with the store up; the load's requests meanwhile are counted for it. */
async function withHome(
  { run, steps, stage: { home } }: Scene,
  why: string | undefined,
  { step, work }: HomeStep,
): Promise<void> {
  const since = Date.now();
  await steps.take(step, why, async (say) => {
    if (home !== undefined) await work(home, say);
  });
  const until = Date.now();
  await home?.load.settled();
  const meanwhile = home?.load.tally(since, until);
  if (why === undefined && meanwhile && meanwhile.requests > 0) run.notes.load.set(step, meanwhile);
}

function failed(steps: Steps, step: StepName): string | undefined {
  return steps.isGreen(step) ? undefined : `${step} has failed`;
}

function unwanted({ options: { only } }: Run, step: StepName): string | undefined {
  return only === undefined || only === step ? undefined : `only ${only} was asked for`;
}

function untested({ options }: Run): string | undefined {
  return options.traffic ? undefined : 'no traffic was asked for';
}

function nobody(home: Home | undefined): string | undefined {
  return home === undefined ? 'there are no containers, so nobody answers' : undefined;
}
