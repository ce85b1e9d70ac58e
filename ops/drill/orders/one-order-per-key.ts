/** The same order is sent many times at once over connections that are cut anywhere. */
import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { Dice } from '../../../service/demo/dice.ts';
import { wrongInBooks } from '../../loopback/books.ts';
import { openHome } from '../../loopback/home.ts';
import { startService } from '../../loopback/service.ts';
import { fillShelves } from '../../loopback/shelves.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { type Answer, type Experience, insist, type Purchase, isPromised } from './buyer.ts';
import { startCuttingProxy } from './cutting-proxy.ts';
import { faultsInLog } from '../server-log.ts';
import { failures } from '../visits.ts';
import { connected } from '../../../service/testing/template-database.ts';

export const oneOrderPerKey: Drill = {
  name: 'one-order-per-key',
  breaks: 'each order is sent ten times at once, over connections cut after random bytes',
  promise: 'one order for each key, and the same answer to the byte for whoever asks',
  seconds: 600,
  run,
};

const KEYS: Readonly<Record<Ground['size'], number>> = { full: 1000, small: 20 };
const DUPLICATES = 10;
/** Keys that are worked on at the same time. */
const AT_ONCE = 5;
const SEED = 10;

async function run({ size, say, signal }: Ground): Promise<Outcome> {
  const keys = Array.from({ length: KEYS[size] }, () => randomUUID());
  const home = await openHome();
  try {
    const products = await fillShelves(home.databaseUrl);
    const service = await startService(home);
    const dice = new Dice(SEED);
    const proxy = await startCuttingProxy(service.port, dice);
    const experience: Experience = { visits: [], cuts: 0 };
    const customer = uuidv7();
    const authorization = home.issuer.authorization(customer);
    const answers = new Map<string, Answer[]>();
    const over = new AbortController();
    const end = AbortSignal.any([signal, over.signal]);
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let key = keys.pop(); key !== undefined; key = keys.pop()) {
        const lines = [{ productId: dice.pick(products), quantity: 2 }];
        const purchase = { authorization, key, lines };
        const ways = { cut: proxy.url, whole: service.url };
        answers.set(key, await sendOften(ways, purchase, { experience, signal: end }));
        if (answers.size % 100 === 0) say(`${answers.size} of ${KEYS[size]} keys`);
      }
    });
    for (const worker of workers) worker.catch(() => over.abort());
    try {
      await Promise.all(workers);
    } finally {
      over.abort();
      await Promise.allSettled(workers);
      await proxy.close();
      await service.stop();
    }
    return {
      figures: figuresOf(answers, experience, proxy.cuts),
      broken: [
        ...failures({ visits: experience.visits, cuts: [] }, isPromised),
        ...wrongInAnswers([...answers.values()]),
        ...(await wrongInRows(home.databaseUrl, KEYS[size])),
        ...(await wrongInBooks(home.databaseUrl, {
          visits: [...answers.values()].flat(),
          customers: [customer],
        })),
        ...(await faultsInLog(service.logFile)),
      ],
    };
  } finally {
    await home.close();
  }
}

async function sendOften(
  ways: { cut: string; whole: string },
  purchase: Purchase,
  insistence: { experience: Experience; signal: AbortSignal },
): Promise<Answer[]> {
  const told = await Promise.all(
    Array.from({ length: DUPLICATES }, () => insist(ways.cut, purchase, insistence)),
  );
  // Once more over a whole connection: what is remembered must be what was told.
  told.push(await insist(ways.whole, purchase, insistence));
  return told.filter((answer) => answer !== undefined);
}

/** @returns a sentence for each thing wrong, with how many keys it is wrong for */
function wrongInAnswers(keys: readonly (readonly Answer[])[]): string[] {
  const placed = keys.map((answers) => answers.filter(({ status }) => status === 201));
  const told: Readonly<Record<string, (confirmations: readonly Answer[]) => boolean>> = {
    'had requests that were never confirmed': ({ length }) => length < DUPLICATES + 1,
    'were answered with different bodies': (all) => new Set(all.map(({ body }) => body)).size > 1,
    'were answered more than once as if for the first time': (all) =>
      all.filter(({ isReplay }) => !isReplay).length > 1,
  };
  return Object.entries(told)
    .map(([what, isWrong]) => [what, placed.filter(isWrong).length] as const)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} keys ${what}`);
}

/** The note of an order is its key. */
async function wrongInRows(databaseUrl: string, keys: number): Promise<string[]> {
  return connected(databaseUrl, async (client) => {
    const { rows } = await client.query<{ orders: number; notes: number }>(
      'SELECT count(*)::int AS orders, count(DISTINCT note)::int AS notes FROM orders',
    );
    const { orders = 0, notes = 0 } = rows[0] ?? {};
    if (orders === keys && notes === keys) return [];
    return [`${keys} keys have ${orders} orders, ${notes} of them by different keys`];
  });
}

function figuresOf(
  answers: ReadonlyMap<string, readonly Answer[]>,
  { visits, cuts }: Experience,
  { towardsService, towardsClient }: { towardsService: number; towardsClient: number },
): Outcome['figures'] {
  const inUse = visits.filter(({ code }) => code === 'IDEMPOTENCY_KEY_IN_USE').length;
  return [
    ['keys', `${answers.size}, each ${DUPLICATES} times at once`],
    ['requests', String(visits.length + cuts)],
    ['cut in the request', String(towardsService)],
    ['cut in the answer', String(towardsClient)],
    ['409 key in use, asked again', String(inUse)],
    ['confirmations', String([...answers.values()].flat().length)],
  ];
}
