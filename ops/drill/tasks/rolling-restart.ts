/** Tasks come and go behind a load balancer, as in every release. */
import { type Balancer, startBalancer } from '../../loopback/balancer.ts';
import { wrongInBooks } from '../../loopback/books.ts';
import { PATIENT, type Service } from '../../loopback/service.ts';
import { startVisitors } from '../../loopback/visitors.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { counted, failures, slowest } from '../visits.ts';
import { inScene, type Scene } from '../scene.ts';

export const rollingRestart: Drill = {
  name: 'rolling-restart',
  breaks: 'two tasks behind a load balancer get SIGTERM one after the other, and new ones come',
  promise: 'no request fails',
  seconds: 240,
  run: (ground) => inScene((scene) => restart(scene, ground)),
};

/** Times that both are replaced. */
const ROUNDS = { full: 10, small: 1 };

/** Longer than the balancer takes to see that a task goes, beside other tests too. */
const DRAIN_SECONDS = { full: 1, small: 3 };

async function restart(scene: Scene, ground: Ground): Promise<Outcome> {
  const { home, products } = scene;
  const { signal, size } = ground;
  const balancer = await startBalancer();
  try {
    const way = { balancer, drain: DRAIN_SECONDS[size], signal };
    const tasks = [await comes(scene, way), await comes(scene, way)];
    const visitors = startVisitors({ home, url: balancer.url, products, signal });
    const ends: End[] = [];
    for (let round = 1; round <= ROUNDS[size]; round += 1) {
      ground.say(
        `round ${round} of ${ROUNDS[size]}, ${counted(visitors.visits.length)} requests so far`,
      );
      ends.push(...(await replaceEach(tasks, scene, way)));
    }
    await visitors.leave();
    const unclean = ends.filter(({ code }) => code !== 0);
    return {
      figures: [
        ['tasks replaced', counted(ends.length)],
        ['requests', counted(visitors.visits.length)],
        ['slowest answer', slowest(visitors.visits)],
        [
          'longest end of a task',
          `${Math.max(...ends.map(({ seconds }) => seconds)).toFixed(1)} s`,
        ],
      ],
      broken: [
        ...failures(visitors),
        ...unclean.map(({ code }) => `a task that was asked to go ended with ${code}`),
        ...(await wrongInBooks(home.databaseUrl, visitors)),
      ],
    };
  } finally {
    await balancer.close();
  }
}

interface End {
  /** From SIGTERM on. */
  readonly seconds: number;
  readonly code: number | null;
}

interface Way {
  readonly balancer: Balancer;
  /** Seconds for which a task that was asked to go still serves. */
  readonly drain: number;
  readonly signal: AbortSignal;
}

/** As ECS does it: one goes while its successor comes, and only then the next one. */
async function replaceEach(tasks: Service[], scene: Scene, way: Way): Promise<End[]> {
  const ends: End[] = [];
  for (const [place, old] of tasks.entries()) {
    way.signal.throwIfAborted();
    const [successor, end] = await Promise.all([comes(scene, way), goes(old, way)]);
    tasks[place] = successor;
    ends.push(end);
  }
  return ends;
}

async function comes(scene: Scene, { balancer, drain, signal }: Way): Promise<Service> {
  const task = await scene.start({ variables: { ...PATIENT, DRAIN_SECONDS: String(drain) } });
  await balancer.register(task.url, signal);
  return task;
}

/** The balancer is told nothing: that the task wants no more it has to see by its health. */
async function goes(task: Service, { balancer }: Way): Promise<End> {
  const asked = performance.now();
  const code = await task.stop();
  balancer.deregister(task.url);
  return { seconds: (performance.now() - asked) / 1000, code };
}
