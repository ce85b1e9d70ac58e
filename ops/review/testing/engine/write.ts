/** Makes the plans of this folder anew: `node ops/review/testing/engine/write.ts`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planBetween } from '../plan-between.ts';
import { written } from '../written.ts';
import { SCENES } from './scenes.ts';

for (const [name, scene] of Object.entries(SCENES)) {
  const file = join(import.meta.dirname, `${name}.json`);
  await writeFile(file, written(await planBetween(scene)));
}
