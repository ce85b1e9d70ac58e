import { Type } from 'typebox';
import type { Queryable } from '../database/database.ts';
import { type Statement, statement } from '../database/statement.ts';
import { LAST_ID, pageOf, type Page, readCursor } from '../http/page.ts';
import { Id } from '../http/schemas.ts';
import { orderJson } from './order-json.ts';
import type { Order, OrderQuery } from './schemas.ts';

const ORDER = `${orderJson({ lines: 'order_lines', history: 'order_history' })} AS "order"`;

interface Row {
  readonly order: Order;
}

/** Whose orders are meant: everybody's, for those who may see them all. */
export type Owner = string | undefined;

const FIND_ORDER = statement(
  'find-order',
  `SELECT ${ORDER} FROM orders o WHERE id = $1 AND ($2::uuid IS NULL OR customer_id = $2)`,
  { short: true },
);

/** Undefined for another customer's too: its existence is not told. */
export async function findOrder(db: Queryable, id: string, owner: Owner) {
  const { rows } = await db.query<Row>(FIND_ORDER, [id, owner ?? null]);
  return rows[0]?.order;
}

const LOCK_ORDER = statement(
  'lock-order',
  `SELECT FROM orders WHERE id = $1 AND ($2::uuid IS NULL OR customer_id = $2) FOR UPDATE`,
);

/**
 * As `findOrder`, and nobody else changes it until the transaction ends. Locked first and read
 * then: a statement that waits for the lock would still see the history of before.
 */
export async function lockOrder(db: Queryable, id: string, owner: Owner) {
  await db.query(LOCK_ORDER, [id, owner ?? null]);
  return findOrder(db, id, owner);
}

/** A plan for `$n IS NULL OR …` would fit no combination: each has a statement of its own. */
const LIST_ORDERS = {
  all: listStatement('list-orders'),
  owner: listStatement('list-orders-of-customer', 'AND customer_id = $3'),
  status: listStatement('list-orders-in-status', 'AND status = $3'),
  both: listStatement('list-orders-of-customer-in-status', 'AND customer_id = $3 AND status = $4'),
};

function listStatement(name: string, filter = ''): Statement {
  return statement(
    name,
    `SELECT ${ORDER} FROM (
       SELECT * FROM orders WHERE id < $1 ${filter} ORDER BY id DESC LIMIT $2
     ) o ORDER BY id DESC`,
    { short: true },
  );
}

function listFor(owner: Owner, status: string | undefined): Statement {
  if (owner === undefined) return status === undefined ? LIST_ORDERS.all : LIST_ORDERS.status;
  return status === undefined ? LIST_ORDERS.owner : LIST_ORDERS.both;
}

/** Newest first. @throws InvalidCursor */
export async function listOrders(
  db: Queryable,
  owner: Owner,
  { limit, cursor, status }: OrderQuery,
): Promise<Page<Order>> {
  const scope = ['orders', owner?.toLowerCase(), status];
  const [before] = readCursor(cursor, scope, Type.Tuple([Id])) ?? [LAST_ID];
  const values = [before, limit + 1, owner, status].filter((value) => value !== undefined);
  const { rows } = await db.query<Row>(listFor(owner, status), values);
  return pageOf(
    rows,
    { limit, scope },
    { item: ({ order }) => order, keys: ({ order }) => [order.id] },
  );
}

const UPDATE_DELIVERY = statement(
  'update-order-delivery',
  `UPDATE orders SET shipping_address = $2, note = $3, version = version + 1, updated_at = now()
   WHERE id = $1`,
);

type Delivery = Pick<Order, 'shippingAddress' | 'note'>;

export async function updateDelivery(
  db: Queryable,
  id: string,
  { shippingAddress, note }: Delivery,
): Promise<void> {
  await db.query(UPDATE_DELIVERY, [id, shippingAddress, note]);
}
