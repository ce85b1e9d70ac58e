/** The database's password changes, and nobody notices. */
import { readFile } from 'node:fs/promises';
import { loadRotationConfig } from '../../../service/config.ts';
import { secretsManager } from '../../../service/database/secret-store.ts';
import { createLogger } from '../../../service/observability/logger.ts';
import { rotate } from '../../../service/rotate.ts';
import { wrongInBooks } from '../../loopback/books.ts';
import { PATIENT } from '../../loopback/service.ts';
import { startVisitors } from '../../loopback/visitors.ts';
import { aboutEvery, whileSessionsBreak } from '../../loopback/sessions.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { counted, failures, isOrderToRepeat, slowest } from '../visits.ts';
import { inScene, type Scene } from '../scene.ts';

export const passwordRotation: Drill = {
  name: 'password-rotation',
  breaks: 'the password is rotated again and again, while all connections break at random moments',
  promise:
    'no read fails; an order whose connection broke beneath it is asked for again, and placed once',
  seconds: 180,
  run: (ground) => inScene((scene) => rotateOften(scene, ground)),
};

/** Seconds for which the old password lives on, one rotation each. */
const GRACES = { full: [0, 1, 2, 3, 4, 5, 0, 0, 0, 5, 4, 3, 2, 1, 0, 0], small: [0, 1, 0] };

/** Milliseconds. */
const BETWEEN_BREAKS = 300;

async function rotateOften(scene: Scene, ground: Ground): Promise<Outcome> {
  const { home, products } = scene;
  const { signal, size, say } = ground;
  const service = await scene.start({ variables: PATIENT });
  const config = loadRotationConfig(home.ownerVariables);
  const visitors = startVisitors({ home, url: service.url, products, signal });
  const rotateAll = async () => {
    for (const graceSeconds of GRACES[size]) {
      signal.throwIfAborted();
      say(`a rotation that leaves the old password ${graceSeconds} s`);
      await rotate({ ...config, graceSeconds }, secretsManager(), createLogger('silent'));
    }
  };
  const breaking = whileSessionsBreak(home.databaseUrl, aboutEvery(BETWEEN_BREAKS), rotateAll);
  // The visitors go, whatever became of it.
  await Promise.allSettled([breaking]);
  await visitors.leave();
  const broken = await breaking;
  const again = visitors.visits.filter(isOrderToRepeat);
  return {
    figures: [
      ['rotations', counted(GRACES[size].length)],
      ['connections broken off', counted(broken)],
      ['requests', counted(visitors.visits.length)],
      ['orders that were to be asked for again', counted(again.length)],
      ['slowest answer', slowest(visitors.visits)],
    ],
    broken: [
      ...failures(visitors, isOrderToRepeat),
      ...refusedLogins(await readFile(service.logFile, 'utf8')),
      ...(await wrongInBooks(home.databaseUrl, visitors)),
    ],
  };
}

/** An order may be refused because its connection broke, never because nobody could log in. */
function refusedLogins(log: string): string[] {
  const refused = log.match(/"code":"(28P01|28000|SECRET_UNREADABLE)"/g) ?? [];
  return refused.length === 0 ? [] : [`${refused.length} requests failed, for want of a login`];
}
