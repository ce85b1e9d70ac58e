/** The database is slow: a row and a statement, then a whole table are held for seconds. */
import { Client } from 'pg';
import type { Visit } from '../../loopback/visitors.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { answered, failures, isGood, isOrder, isToRepeat, slowest } from '../visits.ts';
import { isRefusal } from '../../loopback/refusals.ts';
import { hold } from './hold.ts';
import { tooSlow } from './recovery.ts';
import { orderThatHangs } from './slow-order.ts';
import { type StoreInUse, withStore } from './store-in-use.ts';

export const slowDatabase: Drill = {
  name: 'slow-database',
  breaks: 'a row and a statement, then a whole table, are held for seconds',
  promise: 'others go on, what waits ends with 503 at its limit, all works within 1 s of the end',
  seconds: 120,
  run: (ground) => withStore(ground, {}, (store) => slowDown(ground, store)),
};

/**
 * Milliseconds in which what waits must be answered: 2 s for each lock in turn, 5 s for a statement;
 * where all connections wait, twice 2 s more to get one. The rest is for a busy machine.
 */
const LIMITS = { statement: 6500, table: 10_500 };

/** Milliseconds in which everybody else must be: less than who waits for a lock is given. */
const UNDISTURBED = 1900;

async function slowDown({ size, say }: Ground, store: StoreInUse): Promise<Outcome> {
  const seconds = size === 'full' ? { row: 20, table: 20 } : { row: 5, table: 3 };
  const holder = new Client(store.home.databaseUrl);
  await holder.connect();
  try {
    say(`a row is held for ${seconds.row} s, and a statement`);
    const row = await holdRow(store, holder, seconds.row);
    say(`a table is held for ${seconds.table} s`);
    const table = await holdTable(store, holder, seconds.table);
    return {
      figures: [...row.figures, ...table.figures],
      broken: [...row.broken, ...table.broken],
    };
  } finally {
    await holder.end();
  }
}

/** One product cannot be bought, one order hangs: nobody else notices. */
async function holdRow(store: StoreInUse, holder: Client, seconds: number): Promise<Outcome> {
  const { limit } = store;
  const [held = '', slow = '', ...rest] = store.products;
  const order = await orderThatHangs(store, holder, slow);
  const others = store.receive({ products: rest, clients: 6 });
  const waiting = store.receive({ products: [held], clients: 3 });
  const lock = `SELECT FROM products WHERE id = '${held}' FOR UPDATE`;
  const [{ recovered, isMeanwhile }, hanging] = await Promise.all([
    hold(store, holder, { lock, seconds }),
    order.send(),
  ]);
  await order.free();
  const repeated = await order.send();
  const broken = await store.settle(others, waiting);

  const stuck = waiting.visits.filter(isMeanwhile).filter(isOrder);
  const calm = [
    ...others.visits.filter(isMeanwhile),
    ...waiting.visits.filter(isMeanwhile).filter((visit) => !isOrder(visit)),
  ];
  const refused = calm.filter((visit) => !isGood(visit)).length;
  return {
    figures: [
      ['orders for a row that is held', told(stuck)],
      ['an order whose statement hangs', told([hanging])],
      ['all others meanwhile', told(calm)],
    ],
    broken: [
      ...broken,
      ...failures(others, isToRepeat),
      ...failures(waiting, isToRepeat),
      ...tooSlow(store, recovered, 'after the row'),
      ...tooLong(stuck, limit(LIMITS.statement), 'orders for a row that is held'),
      ...tooLong([hanging], limit(LIMITS.statement), 'orders that hang'),
      ...tooLong(calm, limit(UNDISTURBED), 'requests that need nothing of it'),
      ...(stuck.some(isRefusal) ? [] : ['no order waited for the row']),
      ...(isRefusal(hanging) ? [] : [`an order that hangs was answered ${hanging.status}`]),
      ...(isGood(repeated) ? [] : [`repeated, it was answered ${repeated.status}`]),
      ...(refused === 0 ? [] : [`${refused} requests that need nothing of it were refused`]),
    ],
  };
}

/** Nearly everybody needs it: all wait, none for long, and the connections come free again. */
async function holdTable(store: StoreInUse, holder: Client, seconds: number): Promise<Outcome> {
  const visitors = store.receive({ clients: 20 });
  const lock = 'LOCK TABLE products IN ACCESS EXCLUSIVE MODE';
  const { recovered, isMeanwhile } = await hold(store, holder, { lock, seconds });
  const broken = await store.settle(visitors);

  const meanwhile = visitors.visits.filter(isMeanwhile);
  return {
    figures: [
      ['requests while a table is held', told(meanwhile)],
      ['first good answers after it', `${Math.round(recovered.read)} ms`],
    ],
    broken: [
      ...broken,
      ...failures(visitors, isToRepeat),
      ...tooSlow(store, recovered, 'after the table'),
      ...tooLong(meanwhile, store.limit(LIMITS.table), 'requests while a table is held'),
      ...(meanwhile.some(isRefusal) ? [] : ['nobody waited for the table']),
    ],
  };
}

function told(visits: readonly Visit[]): string {
  return `${answered(visits)}; the slowest ${slowest(visits)}`;
}

function tooLong(visits: readonly Visit[], limit: number, who: string): string[] {
  const late = visits.filter(({ milliseconds }) => milliseconds > limit).length;
  if (late === 0) return [];
  return [`${late} ${who} took longer than ${limit} ms, up to ${slowest(visits)}`];
}
