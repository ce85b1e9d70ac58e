/** The store comes to be: as it is here, or as an earlier version whose place this one then takes. */
import { PassThrough } from 'node:stream';
import { planAhead } from './from-ahead.ts';
import type { PlannedStack } from './from-plans.ts';
import type { Ground } from './ground.ts';
import type { Home } from './home.ts';
import { failed, unlessFirst, unwanted } from './left-out.ts';
import { planAgain } from './steps/plan-again.ts';
import { standUp } from './steps/stand-up.ts';
import { upgrade } from './steps/upgrade.ts';
import { type Scene, withHome } from './with-home.ts';

interface Standing {
  readonly home: Home | undefined;
  /** What this version would do to the earlier one. */
  readonly ahead: Promise<readonly PlannedStack[]>;
}

/** The stacks are planned as they come: again, or those that would take the place of earlier ones. */
export async function standingUp(scene: Scene, ground: Ground): Promise<Standing> {
  const { run, steps, stage } = scene;
  const applied = new PassThrough({ objectMode: true });
  for (const name of ground.stacks.ofAccount) applied.write(name);
  const why = failed(steps, 'bootstrap');
  const isChange = ground.earlier !== undefined && why === undefined;
  const ahead = isChange ? planAhead(run, applied) : Promise.resolve([]);
  // Whoever waits for them is told.
  ahead.catch(() => undefined);
  const [home] = await Promise.all([
    steps
      .take('stand-up', why, (say) =>
        standUp(run, ground, { say, stage, applied: (stack) => applied.write(stack) }),
      )
      .finally(() => applied.end()),
    ground.earlier === undefined
      ? steps.take('plan-again', unlessFirst(unwanted(run, 'plan-again'), why), (say) =>
          planAgain(run, ground, { applied, say }),
        )
      : undefined,
  ]);
  return { home, ahead };
}

/** The stacks are planned again as they come, and before the way back. */
export async function upgrading(
  scene: Scene,
  ground: Ground,
  { ahead, why }: { readonly ahead: Standing['ahead']; readonly why: string | undefined },
): Promise<void> {
  const { run, steps, stage } = scene;
  if (ground.earlier === undefined) return withHome(scene, why, { step: 'upgrade', work: nothing });
  const applied = new PassThrough({ objectMode: true });
  const plannedAgain = steps.take('plan-again', why, (say) =>
    planAgain(run, ground, { applied, say }),
  );
  const tell = (stack?: string) =>
    void (stack === undefined ? applied.end() : applied.write(stack));
  const upgraded = withHome(scene, why, {
    step: 'upgrade',
    work: (home, say) =>
      upgrade(run, ground, { home, say, stage, ahead, applied: tell, plannedAgain }),
  });
  await Promise.all([upgraded.finally(() => applied.end()), plannedAgain]);
}

const nothing = () => Promise.resolve();
