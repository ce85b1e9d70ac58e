/** Step 2: an environment from nothing, through the commands that production takes. */
import assert from 'node:assert/strict';
import type { Say } from '../../deployment/progress.ts';
import { readDigest } from '../../running/digest.ts';
import { setDesired } from '../../running/service.ts';
import { appliedIn } from '../applied.ts';
import { deployEverything } from '../cdktf.ts';
import { countCreated } from '../created.ts';
import type { Ground } from '../ground.ts';
import { everyday } from '../everyday.ts';
import { type Home, openHome } from '../home.ts';
import type { Run } from '../run.ts';
import type { Stage } from '../stage.ts';
import { untilHealthy } from '../tasks.ts';

const STEP = 'stand-up';

/** Seconds for a release from nothing; where tasks wait in vain for their database, it takes that long. */
const PATIENCE = 720;

/** How many tasks serve while things change. */
export const TASKS = 2;

interface Telling {
  readonly say: Say;
  /** Is told the name of each stack that is as its files say. */
  readonly applied: (stack: string) => void;
  /** Gets the home as soon as there is one. */
  readonly stage: Stage;
}

/** @returns undefined where there are no containers, and so nobody at home */
export async function standUp(
  run: Run,
  ground: Ground,
  { say, applied, stage }: Telling,
): Promise<Home | undefined> {
  const { checks, commands, options, notes } = run;
  const { stacks, images } = ground;
  const { environment } = stacks;
  if (images === undefined || options.deployFirst) {
    await checks.keep(STEP, 'npx cdktf deploy makes an empty home', () =>
      deployEverything(run, environment, say),
    );
  }
  if (images === undefined) stacks.ofEnvironment.forEach(applied);
  else {
    say('the image');
    const { first, earlier = first } = await images;
    await checks.keep(STEP, 'release brings the store up from nothing', () =>
      commands.run({
        log: `${STEP}-release`,
        ...ground.earlier?.command,
        args: [
          process.execPath,
          'ops/release.ts',
          environment.name,
          '--yes',
          '--image',
          earlier,
          '--seed',
        ],
        limit: PATIENCE,
        say,
        onLine: (line) => {
          const stack = appliedIn(line, stacks.ofEnvironment);
          if (stack !== undefined) applied(stack);
        },
      }),
    );
  }
  if (checks.failed(STEP) > 0) return undefined;
  if (ground.earlier === undefined) await countCreated(ground, notes.created);
  return images === undefined ? undefined : open(run, ground, { say, stage });
}

async function open(
  run: Run,
  ground: Ground,
  { say, stage }: Pick<Telling, 'say' | 'stage'>,
): Promise<Home> {
  const { checks, signal } = run;
  const { environment } = ground.stacks;
  await checks.keep(STEP, 'the released digest is recorded', async () =>
    assert.match((await readDigest(environment)) ?? 'none', /^sha256:/),
  );
  say(`${TASKS} tasks`);
  await checks.keep(STEP, `${TASKS} tasks run, and the front door trusts both`, async () => {
    // As scaling would; the emulator measures nothing.
    await setDesired(environment, TASKS);
    await untilHealthy(environment, TASKS, signal);
  });
  const home = await openHome(ground);
  stage.home = home;
  // The commands of this version are for what it has made itself.
  if (ground.earlier === undefined)
    await everyday(run, { name: environment.name, step: STEP, say });
  return home;
}
