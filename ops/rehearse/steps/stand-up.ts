/** Step 2: an environment from nothing, through the commands that production takes. */
import assert from 'node:assert/strict';
import type { Say } from '../../deployment/progress.ts';
import { readDigest } from '../../running/digest.ts';
import { setDesired } from '../../running/service.ts';
import { deployEverything } from '../cdktf.ts';
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
    const { first } = await images;
    await checks.keep(STEP, 'release brings the store up from nothing', () =>
      commands.run({
        log: `${STEP}-release`,
        args: [
          process.execPath,
          'ops/release.ts',
          environment.name,
          '--yes',
          '--image',
          first,
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
  await count(ground, notes.created);
  return images === undefined ? undefined : open(run, ground, { say, stage });
}

/** `ok      dev-network: 36 created (37 s)`. */
function appliedIn(line: string, stacks: readonly string[]): string | undefined {
  return stacks.find((stack) => line.startsWith('ok ') && line.includes(` ${stack}: `));
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
  await everyday(run, environment.name, say);
  return home;
}

async function count({ stacks }: Ground, created: Record<string, number>): Promise<void> {
  for (const name of stacks.names) {
    const stack = await stacks.stack(name);
    for (const address of await stack.resources()) {
      const type = address.split('.')[0] ?? address;
      created[type] = (created[type] ?? 0) + 1;
    }
  }
}
