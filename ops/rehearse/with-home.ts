/** A step with the store up; the load's requests meanwhile are counted for it. */
import type { Say } from '../deployment/progress.ts';
import type { Home } from './home.ts';
import type { Run, StepName } from './run.ts';
import type { Stage } from './stage.ts';
import type { Steps } from './steps.ts';

export interface Scene {
  readonly run: Run;
  readonly steps: Steps;
  readonly stage: Stage;
}

interface HomeStep {
  readonly step: StepName;
  readonly work: (home: Home, say: Say) => Promise<void>;
}

/** @param why it is left out; absent when it is not */
export async function withHome(
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
