/** Step: what goes wrong around those who operate the store, one after the other, under load. */
import { contraction, expiredKeys, killedRelease, releaseAtLast } from '../faults/releases.ts';
import { imageGone } from '../faults/image-gone.ts';
import type { Scene } from '../faults/scene.ts';
import { killedRotation, secretsAway } from '../faults/secrets.ts';
import { statesAway } from '../faults/states.ts';
import { wrongTimes } from '../faults/times.ts';

/** The last release mends what those before it have left, so their order matters. */
export async function faults(scene: Scene): Promise<void> {
  await killedRelease(scene);
  await expiredKeys(scene);
  await statesAway(scene);
  await releaseAtLast(scene);
  await imageGone(scene);
  await contraction(scene);
  await wrongTimes(scene);
  // Before a rotation: a task learns of the new login from the secret, and only when it needs it.
  await secretsAway(scene);
  await killedRotation(scene);
}
