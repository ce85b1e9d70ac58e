/** Fills an empty store with a catalogue, customers and three months of orders. */
import { v7 as uuidv7 } from 'uuid';
import { lockCustomer, updateCustomer } from '../customers/queries.ts';
import type { Database } from '../database/database.ts';
import type { Logger } from '../observability/logger.ts';
import { insertProduct } from '../products/queries.ts';
import { changeStock } from '../products/stock.ts';
import { CATALOGUE, type DemoProduct } from './catalogue.ts';
import { type DemoPerson, PEOPLE, SEEDER } from './people.ts';
import { findBySku, findOrdersPlacedBy, hasProducts } from './queries.ts';
import { story } from './story.ts';
import { beginningOf, tell } from './tell.ts';

export interface DemoStore {
  readonly db: Database;
  readonly log: Logger;
  /** ISO 4217 code of the store's one currency. */
  readonly currency: string;
}

/** How many were made, by this run. */
export interface Made {
  readonly products: number;
  readonly customers: number;
  readonly orders: number;
}

/**
 * Interrupted anywhere, it goes on from there when it is run again. How far it came is read from
 * the orders that SEEDER placed, which stay, and not from idempotency keys, which are forgotten
 * after a day: each chapter of the story ends with its order, so as many orders as there are, so
 * many chapters are told. Two at once make nothing twice, but one of them may fail.
 *
 * @returns undefined when nothing was done: all is there, or the store is somebody else's
 * @throws StartError when somebody took what the story needs while it was half told
 */
export async function seed(store: DemoStore): Promise<Made | undefined> {
  const { db, log } = store;
  const skus = CATALOGUE.map(({ sku }) => sku);
  const known = await findBySku(db.read, skus);
  if (known.size === 0 && (await hasProducts(db.read))) {
    log.info('not seeded: the store has products of its own');
    return undefined;
  }
  const customerIds = PEOPLE.map(({ id }) => id);
  const told = await findOrdersPlacedBy(db.read, SEEDER, customerIds);
  const chapters = story();
  if (told.length >= chapters.length) {
    log.info('not seeded: the demo is there already');
    return undefined;
  }
  const missing = CATALOGUE.filter(({ sku }) => !known.has(sku));
  const opening = new Date(beginningOf({ chapters, told }));
  for (const product of missing) await addProduct(store, product, opening);
  const customers = await addPeople(db);
  const productIds = await findBySku(db.read, skus);
  const orders = await tell({ db, currency: store.currency, chapters, told, productIds });
  const made = { products: missing.length, customers, orders };
  log.info(made, 'seeded');
  return made;
}

/** With its stock or not at all: a product that is there needs no second look. */
async function addProduct(
  { db, currency }: DemoStore,
  product: DemoProduct,
  opening: Date,
): Promise<void> {
  const { stock: quantity, price: amount, ...rest } = product;
  const id = uuidv7();
  await db.transaction(async (transaction) => {
    await insertProduct(transaction, id, { ...rest, price: { amount, currency } });
    await changeStock(transaction, id, { quantity, reason: 'opening stock' }, opening);
  });
}

async function addPeople(db: Database): Promise<number> {
  const added = [];
  for (const person of PEOPLE) added.push(await introduce(db, person));
  return added.filter(Boolean).length;
}

/** False for somebody who has a profile: it may be their own by now. */
async function introduce(db: Database, { id, profile }: DemoPerson): Promise<boolean> {
  return db.transaction(async (transaction) => {
    const { name } = await lockCustomer(transaction, id);
    if (name !== null) return false;
    await updateCustomer(transaction, id, profile);
    return true;
  });
}
