/** Scarce stock is sold while connections and the process itself break. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Dice } from '../../../service/demo/dice.ts';
import { wrongInBooks } from '../../loopback/books.ts';
import { type Home, openHome } from '../../loopback/home.ts';
import { breakSessions } from '../../loopback/sessions.ts';
import { fillShelves } from '../../loopback/shelves.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import {
  type Answer,
  type Experience,
  insist,
  isPromised,
  kindOf,
  type Purchase,
} from './buyer.ts';
import { faultsInLog } from '../server-log.ts';
import { failures } from '../visits.ts';
import { type Refusal, wrongInSale } from './sale-books.ts';
import { UpheldService } from './upheld-service.ts';

export const noOversell: Drill = {
  name: 'no-oversell',
  breaks: 'scarce stock is sold while backends are terminated and the server is killed',
  promise: 'no piece is sold twice, the ledger is exact, no confirmed order is lost',
  seconds: 600,
  run,
};

interface Size {
  readonly attempts: number;
  readonly clients: number;
  readonly kills: number;
  /** Of each product; less than what is asked for. */
  readonly stock: number;
}

const SIZES: Readonly<Record<Ground['size'], Size>> = {
  full: { attempts: 40_000, clients: 50, kills: 5, stock: 15_000 },
  small: { attempts: 240, clients: 8, kills: 2, stock: 70 },
};
const PRODUCTS = 10;
/** Of one order at most. */
const MAX_LINES = 3;
const MAX_QUANTITY = 5;
const SEED = 10;

/** What came of all attempts. */
interface Sale {
  readonly experience: Experience;
  readonly confirmed: Answer[];
  readonly refusals: Refusal[];
  /** Attempts begun, told for good, and given up without being told. */
  begun: number;
  told: number;
  unanswered: number;
}

async function run({ size, say, signal }: Ground): Promise<Outcome> {
  const { attempts, clients, kills, stock } = SIZES[size];
  const home = await openHome();
  try {
    const products = await fillShelves(home.databaseUrl, { products: PRODUCTS, stock });
    const { sale, terminated, service } = await sell({ home, products, say, signal }, SIZES[size]);
    const { experience, confirmed, refusals, unanswered } = sale;
    const again = Map.groupBy(experience.visits, kindOf);
    return {
      figures: [
        ['attempts', `${attempts} by ${clients} clients`],
        ['confirmed', String(confirmed.length)],
        ['sold out', String(refusals.length)],
        ['503, asked again', String(count(experience, 503))],
        ['409 key in use, asked again', String(again.get(IN_USE)?.length ?? 0)],
        ['connections lost, asked again', String(experience.cuts)],
        ['backends terminated', String(terminated)],
        ['kills', String(kills)],
      ],
      broken: [
        ...failures({ visits: experience.visits, cuts: [] }, isPromised),
        ...(unanswered > 0 ? [`${unanswered} attempts had no final answer`] : []),
        ...(await wrongInBooks(home.databaseUrl, { visits: confirmed, customers: [] })),
        ...(await wrongInSale(home.databaseUrl, { confirmed, refusals, stock })),
        ...(service.deaths > 0 ? [`the process ended by itself ${service.deaths} times`] : []),
        ...(await faultsInLog(service.logFile)),
      ],
    };
  } finally {
    await home.close();
  }
}

const IN_USE = '409 IDEMPOTENCY_KEY_IN_USE';

function count({ visits }: Experience, wanted: number): number {
  return visits.filter(({ status }) => status === wanted).length;
}

interface Shop extends Pick<Ground, 'say' | 'signal'> {
  readonly home: Home;
  readonly products: readonly string[];
}

/** Milliseconds from one time that all sessions are broken off to the next. */
const BETWEEN_BREAKS = 200;

/** Sells, terminates and kills at once; nothing of it goes on when this is over. */
async function sell(shop: Shop, { attempts, clients, kills }: Size) {
  const { home, say } = shop;
  const sale: Sale = {
    experience: { visits: [], cuts: 0 },
    confirmed: [],
    refusals: [],
    begun: 0,
    told: 0,
    unanswered: 0,
  };
  const over = new AbortController();
  const signal = AbortSignal.any([shop.signal, over.signal]);
  const service = await UpheldService.start(home);
  const terminating = breakSessions(home.databaseUrl, signal, () => BETWEEN_BREAKS);
  const dice = new Dice(SEED);
  const buyers = Array.from({ length: clients }, async () => {
    const authorization = home.issuer.authorization();
    while (sale.begun < attempts) {
      sale.begun += 1;
      const purchase = { authorization, key: randomUUID(), lines: basket(dice, shop.products) };
      const answer = await insist(service.url, purchase, { experience: sale.experience, signal });
      remember(sale, purchase, answer);
    }
  });
  // Whoever fails first ends the others.
  for (const work of [terminating, ...buyers]) work.catch(() => over.abort());
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const due = (attempts * kill) / (kills + 1);
      while (sale.told < due) await pause(10, undefined, { signal });
      await service.kill();
      say(`${sale.told} of ${attempts} attempts told, killed ${kill} times`);
    }
    await Promise.all(buyers);
  } finally {
    over.abort();
    await Promise.allSettled(buyers);
    await service.close();
  }
  return { sale, terminated: await terminating, service };
}

function basket(dice: Dice, products: readonly string[]): Purchase['lines'] {
  const lines = 1 + Math.floor(dice.roll() * MAX_LINES);
  return dice
    .shuffle(products)
    .slice(0, lines)
    .map((productId) => ({
      productId,
      quantity: 1 + Math.floor(dice.roll() * MAX_QUANTITY),
    }));
}

function remember(sale: Sale, { key, lines }: Purchase, answer: Answer | undefined): void {
  sale.told += 1;
  if (answer === undefined) sale.unanswered += 1;
  else if (answer.status === 201) sale.confirmed.push(answer);
  else if (answer.code === 'OUT_OF_STOCK') {
    const { errors } = JSON.parse(answer.body) as { errors: { pointer: string }[] };
    const short = errors.map(({ pointer }) => lines[Number(pointer.split('/')[2])]);
    sale.refusals.push({
      key,
      heardAt: answer.heardAt,
      short: short.filter((line) => line !== undefined),
    });
  }
}
