/** What may become of an order, and what each step does. */
import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import { OrderState } from '../errors.ts';
import type { Order, Status } from './schemas.ts';

/** Steps by the name they have in the path. */
export const TRANSITIONS = {
  pay: { to: 'paid', from: ['placed'] },
  ship: { to: 'shipped', from: ['paid'] },
  deliver: { to: 'delivered', from: ['shipped'] },
  cancel: { to: 'cancelled', from: ['placed', 'paid'] },
  refund: { to: 'refunded', from: ['paid', 'shipped', 'delivered', 'cancelled'] },
} as const satisfies Record<string, { to: Status; from: readonly Status[] }>;

export type Transition = keyof typeof TRANSITIONS;

/**
 * Takes an order, locked by the caller, one step on; false when it has taken that step already.
 * @param at when; now by default
 * @throws OrderState when its state does not permit the step
 */
export async function advance(
  db: Queryable,
  order: Order,
  transition: Transition,
  { by, at }: { by: string; at?: Date },
): Promise<boolean> {
  const { to } = TRANSITIONS[transition];
  if (order.status === to) return false;
  if (!permitted(order, transition)) {
    throw new OrderState(`A ${order.status} order cannot be ${to}.`);
  }
  await db.query(ADVANCE_ORDER, [order.id, to, by, at ?? null]);
  if (to === 'cancelled') await returnStock(db, order, at);
  return true;
}

function permitted({ status, history }: Order, transition: Transition): boolean {
  const from: readonly Status[] = TRANSITIONS[transition].from;
  if (!from.includes(status)) return false;
  // Only money that came can go back.
  return transition !== 'refund' || history.some((step) => step.status === 'paid');
}

const ADVANCE_ORDER = statement(
  'advance-order',
  `WITH moment AS (SELECT coalesce($4::timestamptz(3), now()) AS at),
   advanced AS (
     UPDATE orders SET status = $2, version = version + 1, updated_at = moment.at FROM moment
     WHERE id = $1 RETURNING id
   )
   INSERT INTO order_history (order_id, status, at, by)
   SELECT advanced.id, $2, moment.at, $3 FROM advanced, moment`,
);

/** The rows are locked in the order of their ids, as those who order lock them. */
const RETURN_STOCK = statement(
  'return-stock',
  `WITH held AS MATERIALIZED (
     SELECT p.id, l.quantity, l.change_id FROM products p
     JOIN unnest($1::uuid[], $2::int[], $3::uuid[]) AS l (product_id, quantity, change_id)
       ON l.product_id = p.id
     ORDER BY p.id FOR UPDATE OF p
   ), returned AS (
     UPDATE products p SET stock = p.stock + h.quantity, version = version + 1, updated_at = now()
     FROM held h WHERE p.id = h.id RETURNING p.id, p.stock, h.quantity, h.change_id
   )
   INSERT INTO stock_changes (id, product_id, quantity, reason, stock, created_at)
   SELECT change_id, id, quantity, $4, stock, coalesce($5::timestamptz(3), now()) FROM returned`,
);

async function returnStock(db: Queryable, { lines, number }: Order, at?: Date): Promise<void> {
  await db.query(RETURN_STOCK, [
    lines.map(({ productId }) => productId),
    lines.map(({ quantity }) => quantity),
    lines.map(() => uuidv7()),
    `order ${number} cancelled`,
    at ?? null,
  ]);
}
