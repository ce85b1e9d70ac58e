/**
 * The rule of stock: an order takes all of its pieces or none, two buyers cannot share the last
 * one, and a request that is repeated with its key places one order.
 */
import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../database/database.ts';
import { violates } from '../database/errors.ts';
import { statement } from '../database/statement.ts';
import { IdempotencyKeyInUse } from '../errors.ts';
import { MAX_AMOUNT } from '../http/schemas.ts';
import { type Answer, findAnswer, type Repeatable, replay } from '../idempotency/answers.ts';
import type { Problem } from '../problem.ts';
import { explainRefusal } from './explain-refusal.ts';
import { orderJson } from './order-json.ts';
import type { NewOrder } from './schemas.ts';

export interface PlacedBy {
  /** Subject of the token, or id of the API key. */
  readonly by: string;
  readonly customerId: string;
  readonly currency: string;
  /** When; now by default. The demo catalogue has a past. */
  readonly at?: Date;
}

/**
 * One round trip, one statement, so one transaction. `claim` makes sure that nobody else works on
 * this key; `held` locks the rows in the order of their ids, so that two orders wait for each other
 * but never in a circle, and has them as they are once locked (`taken` counts from there: its own
 * first look is older, and the CHECK would refuse what it computes). Nothing behind `accepted`
 * happens unless every line can be had. `products_stock_check` guards all of it once more.
 */
const PLACE_ORDER = statement(
  'place-order',
  `WITH claim AS MATERIALIZED (
     SELECT pg_try_advisory_xact_lock(hashtextextended($1 || ' ' || $2 || ' ' || $3, 0)) AS mine
   ), known AS MATERIALIZED (
     SELECT FROM idempotency_keys WHERE caller = $1 AND route = $2 AND key = $3
   ), wanted AS (
     SELECT * FROM unnest($8::uuid[], $9::int[], $14::uuid[])
       WITH ORDINALITY AS w (product_id, quantity, change_id, position)
   ), held AS MATERIALIZED (
     SELECT p.id, p.sku, p.name, p.price_amount, p.price_currency, p.stock, w.quantity, w.position,
            w.change_id
     FROM wanted w JOIN products p ON p.id = w.product_id
     WHERE (SELECT mine FROM claim) AND NOT EXISTS (SELECT FROM known) AND p.archived_at IS NULL
     ORDER BY p.id FOR UPDATE OF p
   ), accepted AS MATERIALIZED (
     SELECT sum(price_amount * quantity)::bigint AS total FROM held
     HAVING count(*) = cardinality($8::uuid[]) AND bool_and(stock >= quantity)
        AND bool_and(price_currency = $10) AND sum(price_amount * quantity) <= ${MAX_AMOUNT}
   ), buyer AS (
     INSERT INTO customers (id) SELECT $6::uuid FROM accepted ON CONFLICT DO NOTHING
   ), placed AS (
     INSERT INTO orders (id, customer_id, status, total_amount, total_currency, shipping_address,
                         note, placed_at, updated_at)
     SELECT $5::uuid, $6::uuid, 'placed', total, $10, $11::jsonb, $12, at, at
     FROM accepted, (SELECT coalesce($13::timestamptz(3), now()) AS at) moment
     RETURNING *
   ), taken AS (
     UPDATE products p SET stock = h.stock - h.quantity, version = p.version + 1, updated_at = now()
     FROM held h, accepted WHERE p.id = h.id
     RETURNING p.id, p.stock, h.quantity, h.change_id
   ), ledger AS (
     INSERT INTO stock_changes (id, product_id, quantity, reason, stock, created_at)
     SELECT t.change_id, t.id, -t.quantity, 'order ' || o.number || ' placed', t.stock,
            o.placed_at
     FROM placed o, taken t
   ), lines AS (
     INSERT INTO order_lines (order_id, position, product_id, sku, name, unit_price, quantity)
     SELECT o.id, h.position, h.id, h.sku, h.name, h.price_amount, h.quantity FROM placed o, held h
     RETURNING *
   ), history AS (
     INSERT INTO order_history (order_id, status, at, by)
     SELECT id, status, placed_at, $7::uuid FROM placed RETURNING *
   ), answer AS (
     SELECT ${orderJson({ lines: 'lines', history: 'history' })} AS body FROM placed o
   ), remembered AS (
     INSERT INTO idempotency_keys (caller, route, key, fingerprint, status, answer, customer_id)
     SELECT $1, $2, $3, $4::bytea, 201, body, $6::uuid FROM answer
   )
   SELECT mine, answer.body AS placed FROM claim LEFT JOIN answer ON true`,
);

interface Outcome {
  /** False while another request with this key is running. */
  readonly mine: boolean;
  /** Null when the key is known, or something cannot be had. */
  readonly placed: unknown;
}

/** What became of it: an answer to give, or a refusal that is not remembered yet. */
export type Placement = { readonly answer: Answer } | { readonly refusal: Problem };

/** Stock that came back between two looks makes another try worth it. */
const ATTEMPTS = 3;

/** @throws IdempotencyKeyInUse, IdempotencyKeyReused */
export async function placeOrder(
  db: Database,
  request: Repeatable,
  order: NewOrder,
  placedBy: PlacedBy,
): Promise<Placement> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const outcome = await tryOnce(db, request, order, placedBy);
    if (outcome?.mine === false) throw new IdempotencyKeyInUse();
    if (outcome !== undefined && outcome.placed !== null) {
      return { answer: { status: 201, body: outcome.placed, replayed: false } };
    }
    // Asked anew: the first request may have ended between our snapshot and our claim.
    const known = await findAnswer(db.read, request);
    if (known !== undefined) return { answer: replay(known, request) };
    const refusal = await explainRefusal(db.read, order, placedBy.currency);
    if (refusal !== undefined) return { refusal };
  }
  throw new IdempotencyKeyInUse();
}

/** Undefined when somebody else remembered an answer under this key meanwhile. */
async function tryOnce(
  db: Database,
  { caller, route, key, fingerprint }: Repeatable,
  { lines, shippingAddress, note }: NewOrder,
  { by, customerId, currency, at }: PlacedBy,
): Promise<Outcome | undefined> {
  try {
    const { rows } = await db.write.query<Outcome>(PLACE_ORDER, [
      caller,
      route,
      key,
      fingerprint,
      uuidv7(at === undefined ? undefined : { msecs: at.getTime() }),
      customerId,
      by,
      lines.map(({ productId }) => productId),
      lines.map(({ quantity }) => quantity),
      currency,
      shippingAddress ?? null,
      note ?? null,
      at ?? null,
      lines.map(() => uuidv7()),
    ]);
    return rows[0];
  } catch (error) {
    if (violates(error, 'idempotency_keys_pkey')) return undefined;
    throw error;
  }
}
