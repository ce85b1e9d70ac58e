/** Has the story happen: orders are placed and taken on, each at its time. */
import { DEMO_PEOPLE } from '../auth/local-issuer.ts';
import type { Database, Queryable } from '../database/database.ts';
import { StartError } from '../exit.ts';
import { fingerprintOf } from '../idempotency/answers.ts';
import { placeOrder } from '../orders/place-order.ts';
import { lockOrder } from '../orders/queries.ts';
import type { NewOrder, Order } from '../orders/schemas.ts';
import { advance } from '../orders/transitions.ts';
import { SEEDER } from './people.ts';
import type { PlacedOrder } from './queries.ts';
import { type Chapter, DURATION, type Step, type StoryOrder } from './story.ts';

interface Story {
  readonly chapters: readonly Chapter[];
  /** The orders of the chapters that are told, in their order. */
  readonly told: readonly PlacedOrder[];
}

interface Telling extends Story {
  readonly db: Database;
  readonly currency: string;
  /** By SKU, of the whole catalogue. */
  readonly productIds: ReadonlyMap<string, string>;
}

/**
 * Tells the chapters that are missing; how many they were.
 * @throws StartError when an order is refused
 */
export async function tell(telling: Telling): Promise<number> {
  const { db, chapters, told } = telling;
  const beginning = beginningOf(telling);
  const orderIds = told.map(({ id }) => id);
  const untold = chapters.slice(told.length);
  for (const { steps, order } of untold) {
    await db.transaction(async (transaction) => {
      for (const step of steps) {
        // Its order ended a chapter before this one.
        const orderId = orderIds[step.order] as string;
        await take(transaction, orderId, step, new Date(beginning + step.at));
      }
    });
    const key = `seed-${String(orderIds.length + 1).padStart(3, '0')}`;
    orderIds.push(await place(telling, order, key, new Date(beginning + order.at)));
  }
  return untold.length;
}

/** A story that goes on keeps its beginning, so its times stay in order; a new one ends now. */
export function beginningOf({ chapters: [first], told: [placed] }: Story): number {
  if (first === undefined || placed === undefined) return Date.now() - DURATION;
  return Date.parse(placed.placedAt) - first.order.at;
}

async function take(db: Queryable, orderId: string, step: Step, at: Date): Promise<void> {
  const order = await lockOrder(db, orderId, undefined);
  // It was taken before the interruption, or somebody does with this order as they like.
  if (order?.status !== step.from) return;
  const by = step.transition === 'cancel' ? order.customerId : DEMO_PEOPLE.admin.sub;
  await advance(db, order, step.transition, { by, at });
}

/** The id of the order. */
async function place(
  { db, currency, productIds }: Telling,
  { customer, lines, note }: StoryOrder,
  key: string,
  at: Date,
): Promise<string> {
  const customerId = customer.id;
  const order: NewOrder = {
    customerId,
    lines: lines.map(({ sku, quantity }) => ({
      // The whole catalogue was added before.
      productId: productIds.get(sku) as string,
      quantity,
    })),
    shippingAddress: customer.profile.address,
    ...(note !== undefined && { note }),
  };
  const placement = await placeOrder(
    db,
    { caller: 'seed', route: 'POST /v1/orders', key, fingerprint: fingerprintOf(order) },
    order,
    { by: SEEDER, customerId, currency, at },
  );
  if ('refusal' in placement) {
    throw new StartError(
      `the demo cannot go on, ${key} is refused: ${placement.refusal.message} Somebody took what ` +
        'it needs; begin again with an empty database.',
    );
  }
  // What `placeOrder` answers to an order that was placed is that order.
  return (placement.answer.body as Order).id;
}
