/** Step 1: is everything there? Then the emulator starts, while the images are built. */
import { cleanAbandoned } from '../clean.ts';
import { type EmulatorCrashed, type Ground, startSurroundings } from '../ground.ts';
import { buildImages } from '../images.ts';
import { findNeeds } from '../needs.ts';
import { writeOverrides } from '../overrides.ts';
import type { Run } from '../run.ts';
import { Stacks } from '../stacks.ts';
import { setVariables } from '../surroundings.ts';
import type { Say } from '../../deployment/progress.ts';

const NO_ENGINE = [
  'no container engine answers (docker info), so only the control plane is rehearsed:',
  'no image, no PostgreSQL, no task, no request, no release',
].join(' ');

/** @throws Refusal that says what is missing */
export async function prepare(
  run: Run,
  crashed: (error: EmulatorCrashed) => void,
  say: Say,
): Promise<Ground> {
  const { folder, progress, notes, commands, options } = run;
  for (const line of await cleanAbandoned()) progress.line(`cleaned: ${line}`);
  const engine = await findNeeds(say);
  if (engine === undefined) {
    progress.line(NO_ENGINE);
    notes.leftOut.push(NO_ENGINE);
  }
  const images = engine === undefined ? undefined : buildImages(commands, folder);
  // Whoever waits for them is told.
  images?.catch(() => undefined);
  say('the stacks and the emulated AWS');
  const stacks = await Stacks.synthesise(options.environment, folder.make('synth'));
  const { environment } = stacks;
  const surroundings = await startSurroundings(run, environment, {
    containers: engine !== undefined,
    crashed,
  });
  const overrides = folder.make('overrides');
  if (engine !== undefined) {
    const host = engine.architecture;
    notes.overrides.push(
      ...(await writeOverrides(overrides, stacks.folder, { environment, host })),
    );
  }
  setVariables({
    ...surroundings.root,
    STORE_OVERRIDES: overrides,
    STORE_DATA: folder.make('data'),
  });
  return { ...surroundings, stacks, engine, images };
}
