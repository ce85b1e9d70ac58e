/** Why an order could not be placed, line by line. */
import type { Queryable } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import { CurrencyMismatch, OrderTooLarge, OutOfStock, ProductUnavailable } from '../errors.ts';
import { MAX_AMOUNT } from '../http/schemas.ts';
import type { FailingMember, Problem } from '../problem.ts';
import type { NewOrder } from './schemas.ts';

interface Line {
  readonly quantity: number;
  /** Null for an unknown or archived product. */
  readonly stock: number | null;
  readonly priceAmount: number;
  readonly priceCurrency: string;
}

const FIND_LINES = statement(
  'find-ordered-products',
  `SELECT w.quantity, p.stock, p.price_amount AS "priceAmount", p.price_currency AS "priceCurrency"
   FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS w (product_id, quantity, position)
   LEFT JOIN products p ON p.id = w.product_id AND p.archived_at IS NULL
   ORDER BY w.position`,
  { short: true },
);

/** Undefined when nothing stands in the way any more. */
export async function explainRefusal(
  db: Queryable,
  order: NewOrder,
  currency: string,
): Promise<Problem | undefined> {
  const { rows } = await db.query<Line>(FIND_LINES, [
    order.lines.map(({ productId }) => productId),
    order.lines.map(({ quantity }) => quantity),
  ]);
  const unknown = failing(rows, ({ stock }) => stock === null, 'productId', 'unknown or archived');
  if (unknown.length > 0) return new ProductUnavailable(undefined, { errors: unknown });
  const foreign = failing(
    rows,
    ({ priceCurrency }) => priceCurrency !== currency,
    'productId',
    `its price is not in ${currency}`,
  );
  if (foreign.length > 0) return new CurrencyMismatch(undefined, { errors: foreign });
  const total = rows.reduce((sum, { priceAmount, quantity }) => sum + priceAmount * quantity, 0);
  if (total > MAX_AMOUNT) return new OrderTooLarge();
  const short = failing(
    rows,
    ({ stock, quantity }) => (stock ?? 0) < quantity,
    'quantity',
    'more than there is',
  );
  if (short.length > 0) return new OutOfStock(undefined, { errors: short });
  return undefined;
}

function failing(
  lines: readonly Line[],
  fails: (line: Line) => boolean,
  member: string,
  detail: string,
): FailingMember[] {
  return lines.flatMap((line, index) =>
    fails(line) ? [{ pointer: `/lines/${index}/${member}`, detail }] : [],
  );
}
