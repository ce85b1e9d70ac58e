/** Times that are wrong: of a restore, and of a clock. */
import { healFaults, plantFaults } from '../../emulator/planted-faults.ts';
import { fails, fault, type Scene, works } from './scene.ts';

/** Seconds, more than AWS forgives. */
const AHEAD = 600;

export async function wrongTimes(scene: Scene): Promise<void> {
  const { run, ground } = scene;
  const { name } = ground.stacks.environment;
  await fault(scene, 'restoreTooEarly', () =>
    fails(scene, ['restore', name, '--at', '2001-01-01T00:00:00Z', '--yes'], {
      fault: 'early',
      says: [/2001-01-01/, /earliest|between|from/i],
    }).then(() => undefined),
  );
  await fault(scene, 'wrongClock', async () => {
    await plantFaults(run.folder.path, { clockAheadSeconds: AHEAD });
    try {
      await works(scene, ['status', name], { fault: 'clock' });
      await fails(scene, ['doctor', name], { fault: 'clock', says: [/wrong +clock/] });
    } finally {
      await healFaults(run.folder.path);
    }
  });
}
