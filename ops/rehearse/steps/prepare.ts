/** Step 1: is everything there? Then the emulator starts, while the images are built. */
import { cleanAbandoned } from '../clean.ts';
import { synthesiseEarlier, leftBehind } from '../earlier-stacks.ts';
import { checkOut, type EarlierVersion, OVERRIDES } from '../earlier-version.ts';
import { type EmulatorCrashed, type Ground, startSurroundings } from '../ground.ts';
import { buildImages } from '../images.ts';
import { findNeeds, isReachable } from '../needs.ts';
import { writeOverrides } from '../overrides.ts';
import { Refusal } from '../../deployment/refusal.ts';
import type { Run } from '../run.ts';
import { Stacks } from '../stacks.ts';
import type { Stage } from '../stage.ts';
import { setVariables } from '../surroundings.ts';
import { versions } from '../versions.ts';
import type { Say } from '../../deployment/progress.ts';

const CONTROL_PLANE =
  'only the control plane is rehearsed: no image, no PostgreSQL, no task, no request, no release';

const NO_ENGINE = `no container engine answers (docker info), so ${CONTROL_PLANE}`;

const OUT_OF_REACH = `on ${process.platform} containers cannot be reached at their addresses, so ${CONTROL_PLANE}; use Linux for the rest`;

interface Telling {
  readonly say: Say;
  /** Is told when the emulator ends by itself. */
  readonly crashed: (error: EmulatorCrashed) => void;
}

/** @param stage gets the ground as soon as there is one. @throws Refusal that says what is missing */
export async function prepare(run: Run, stage: Stage, { say, crashed }: Telling): Promise<Ground> {
  const { folder, progress, notes, commands, options } = run;
  for (const line of await cleanAbandoned()) progress.line(`cleaned: ${line}`);
  const engine = await findNeeds(say);
  if (engine === undefined) tellOfControlPlane(run);
  const version = options.from === undefined ? undefined : await checkOut(run, options.from, say);
  const images = engine === undefined ? undefined : buildImages(commands, folder, version?.folder);
  // Whoever waits for them is told.
  images?.catch(() => undefined);
  say('the stacks and the emulated AWS');
  const stacks = await Stacks.synthesise(options.environment, folder.make('synth'));
  const { environment } = stacks;
  const overrides = folder.make('overrides');
  if (engine !== undefined) {
    const host = engine.architecture;
    notes.overrides.push(
      ...(await writeOverrides(overrides, stacks.folder, { environment, host })),
    );
  }
  const earlier = version && (await earlierOf(run, version, { stacks, engine }));
  const surroundings = await startSurroundings(run, environment, {
    containers: engine !== undefined,
    crashed,
  });
  const ground = { ...surroundings, stacks, engine, images, earlier };
  stage.ground = ground;
  setVariables({
    ...surroundings.root,
    STORE_OVERRIDES: overrides,
    STORE_DATA: folder.make('data'),
  });
  Object.assign(notes.versions, await versions(commands, engine));
  return ground;
}

/** @throws Refusal where more was asked for */
function tellOfControlPlane({ options, progress, notes }: Run): void {
  const why = isReachable() ? NO_ENGINE : OUT_OF_REACH;
  if (options.from !== undefined) throw new Refusal(`--from needs containers: ${why}`);
  progress.line(why);
  notes.leftOut.push(why);
}

/** Its stacks get their overrides too. @throws Refusal, CommandFailed */
async function earlierOf(
  run: Run,
  version: EarlierVersion,
  { stacks, engine }: Pick<Ground, 'stacks' | 'engine'>,
): Promise<Ground['earlier']> {
  const its = await synthesiseEarlier(run, version, stacks);
  if (engine !== undefined) {
    const { environment } = stacks;
    const overrides = run.folder.make(OVERRIDES);
    await writeOverrides(overrides, its, { environment, host: engine.architecture });
  }
  return { ...version, leftBehind: leftBehind(its, stacks) };
}
