/** The clock of the service's machine is set wrong, and right again, while people use the store. */
import { loadRotationConfig } from '../../../service/config.ts';
import { secretsManager } from '../../../service/database/secret-store.ts';
import { createLogger } from '../../../service/observability/logger.ts';
import { rotate } from '../../../service/rotate.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { type Absence, answered, failures, isToRepeat, unexplained } from '../visits.ts';
import { type Recovery, recovery, tooSlow, worst } from './recovery.ts';
import { newServiceClock, type ServiceClock } from './service-clock.ts';
import { type StoreInUse, withStore } from './store-in-use.ts';
import { newWitness } from './witness.ts';
import { BREAK_OFF } from '../../loopback/sessions.ts';
import { connected } from '../../../service/testing/template-database.ts';

export const clockMoved: Drill = {
  name: 'clock-moved',
  breaks: "the service's clock is 10 minutes ahead, then 10 minutes behind, under load",
  promise:
    'nothing waits for it; tokens are judged by it at each request; orders keep the time of the database, keys their answers',
  seconds: 240,
  async run(ground) {
    const clock = await newServiceClock();
    try {
      const settings = { ...clock, rateLimitPerMinute: LIMIT };
      return await withStore(ground, settings, (store) => moveClock(ground, store, clock));
    } finally {
      await clock.remove();
    }
  },
};

/** Requests a minute: visitors stay below it, the witness does not. */
const LIMIT = 1000;

/** Milliseconds until a new login is in use; the secret is read at most once a second. */
const LOGIN = 3000;

/** Minutes ahead of the right time. */
const MOVES = [10, 0, -10, 0];

async function moveClock(
  { size, say }: Ground,
  store: StoreInUse,
  clock: ServiceClock,
): Promise<Outcome> {
  const visitors = store.receive({ rest: 200 });
  const witness = await newWitness(store, LIMIT);
  const broken = await witness.look(0);
  const recoveries: Recovery[] = [];
  const absences: Absence[] = [];
  for (const minutes of MOVES) {
    const now = `${minutes} minutes ahead`;
    say(`the clock is ${now}`);
    await clock.move(minutes * 60_000, store.pause);
    await store.pause(size === 'full' ? 10_000 : 300);
    const from = performance.now();
    const recovered = await rotateLogin(store);
    absences.push({ from, to: performance.now() });
    recoveries.push(recovered);
    const wrong = [
      ...(await witness.look(minutes)),
      ...tooSlow(store, recovered, 'after a rotation', LOGIN),
    ];
    broken.push(...wrong.map((sentence) => `${now}: ${sentence}`));
  }
  broken.push(...(await store.settle(visitors)), ...failures(visitors, isToRepeat));
  broken.push(...unexplained(visitors.visits, absences));
  return {
    figures: [
      ['minutes ahead, in turn', MOVES.join(', ')],
      ['requests', answered(visitors.visits)],
      [
        'first good answer after a rotation, at worst',
        worst(recoveries.flatMap(({ read, write }) => [read, write])),
      ],
    ],
    broken,
  };
}

/** Nobody may log in with what the service knows, and every connection has to be made anew. */
async function rotateLogin(store: StoreInUse): Promise<Recovery> {
  const variables = { ...store.home.ownerVariables, ROTATION_GRACE_SECONDS: '0' };
  await rotate(loadRotationConfig(variables), secretsManager(), createLogger('silent'));
  await connected(store.home.databaseUrl, (superuser) => superuser.query(BREAK_OFF));
  return recovery(store, performance.now());
}
