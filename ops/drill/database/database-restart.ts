/** The database goes away and comes back, as in a reboot or when its machine crashes. */
import type { ShutdownMode } from '../../loopback/postgres.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { type Absence, answered, counted, failures, isToRepeat, unexplained } from '../visits.ts';
import { isRefusal } from '../../loopback/refusals.ts';
import { type Recovery, startAndRecover, tooSlow, worst } from './recovery.ts';
import { type StoreInUse, withStore } from './store-in-use.ts';

export const databaseRestart: Drill = {
  name: 'database-restart',
  breaks: 'the database restarts under load, orderly and by a crash',
  promise:
    'the process lives; meanwhile 503 with Retry-After; good answers within 1 s of the database',
  seconds: 120,
  run: (ground) => withStore(ground, {}, (store) => restart(ground, store)),
};

const MODES: readonly ShutdownMode[] = ['fast', 'immediate'];

async function restart(ground: Ground, store: StoreInUse): Promise<Outcome> {
  const { home, receive, pause } = store;
  const { rounds, away } =
    ground.size === 'full' ? { rounds: 5, away: 2000 } : { rounds: 1, away: 300 };
  const visitors = receive({ clients: 20 });
  const recoveries: Recovery[] = [];
  const absences: Absence[] = [];
  const broken: string[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const mode of MODES) {
      ground.say(`round ${round} of ${rounds}: ${mode}`);
      await pause(500);
      const from = performance.now();
      await home.postgres.shutDown(mode);
      await pause(away);
      const recovered = await startAndRecover(store, ground.signal);
      absences.push({ from, to: performance.now() });
      recoveries.push(recovered);
      broken.push(...tooSlow(store, recovered, `after the database (${mode})`));
    }
  }
  await pause(500);
  broken.push(...(await store.settle(visitors)), ...failures(visitors, isToRepeat));
  const { visits } = visitors;
  broken.push(...unexplained(visits, absences));
  if (!visits.some(isRefusal)) broken.push('nobody noticed that the database was away');
  return {
    figures: [
      ['restarts', `${rounds} orderly, ${rounds} by a crash`],
      ['requests', answered(visits)],
      ['orders confirmed', counted(visits.filter(({ orderId }) => orderId).length)],
      ['first good read, at worst', worst(recoveries.map(({ read }) => read))],
      ['first good order, at worst', worst(recoveries.map(({ write }) => write))],
    ],
    broken,
  };
}
