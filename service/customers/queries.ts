import { Type } from 'typebox';
import type { Queryable } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import { LAST_ID, pageOf, type Page, readCursor } from '../http/page.ts';
import { Id } from '../http/schemas.ts';
import type { Customer, Profile } from './schemas.ts';

const COLUMNS = `id, name, email, address, version, created_at AS "createdAt",
                 updated_at AS "updatedAt"`;

const FIND_CUSTOMER = statement('find-customer', `SELECT ${COLUMNS} FROM customers WHERE id = $1`, {
  short: true,
});

export async function findCustomer(db: Queryable, id: string): Promise<Customer | undefined> {
  const { rows } = await db.query<Customer>(FIND_CUSTOMER, [id]);
  return rows[0];
}

const MEET_CUSTOMER = statement(
  'meet-customer',
  `INSERT INTO customers (id) VALUES ($1) ON CONFLICT DO NOTHING`,
);

/** Makes the customer on first sight. */
export async function meetCustomer(db: Queryable, id: string): Promise<Customer> {
  const known = await findCustomer(db, id);
  if (known !== undefined) return known;
  await db.query(MEET_CUSTOMER, [id]);
  return (await findCustomer(db, id)) as Customer;
}

const LOCK_CUSTOMER = statement(
  'lock-customer',
  // The weaker lock: whoever places an order of this customer need not wait for it.
  `SELECT ${COLUMNS} FROM customers WHERE id = $1 FOR NO KEY UPDATE`,
);

/** As `meetCustomer`, and nobody else changes it until the transaction ends. */
export async function lockCustomer(db: Queryable, id: string): Promise<Customer> {
  await db.query(MEET_CUSTOMER, [id]);
  const { rows } = await db.query<Customer>(LOCK_CUSTOMER, [id]);
  return rows[0] as Customer;
}

const UPDATE_CUSTOMER = statement(
  'update-customer',
  `UPDATE customers SET name = $2, email = $3, address = $4, version = version + 1,
     updated_at = now()
   WHERE id = $1 RETURNING ${COLUMNS}`,
);

export async function updateCustomer(
  db: Queryable,
  id: string,
  { name, email, address }: Profile | { name: null; email: null; address: null },
): Promise<Customer> {
  const { rows } = await db.query<Customer>(UPDATE_CUSTOMER, [id, name, email, address ?? null]);
  return rows[0] as Customer;
}

const STRIP_ORDERS = statement(
  'strip-orders',
  `UPDATE orders SET shipping_address = NULL, note = NULL, version = version + 1, updated_at = now()
   WHERE customer_id = $1 AND (shipping_address IS NOT NULL OR note IS NOT NULL)`,
);

/** Only answers that are orders hold personal data; the order of their members is lost with it. */
const STRIP_ANSWERS = statement(
  'strip-answers',
  `UPDATE idempotency_keys
   SET answer = (answer::jsonb || '{"shippingAddress": null, "note": null}')::json
   WHERE customer_id = $1 AND status = 201`,
);

/** Empties the profile; orders and stored answers stay without name, address and note. */
export async function forgetCustomer(db: Queryable, id: string): Promise<void> {
  await updateCustomer(db, id, { name: null, email: null, address: null });
  await db.query(STRIP_ORDERS, [id]);
  await db.query(STRIP_ANSWERS, [id]);
}

/** As `types.ts` writes times, of years that PostgreSQL knows. */
const Made = Type.String({ format: 'date-time', pattern: String.raw`^2\d{3}-.*:[0-5]\d\.\d{3}Z$` });
const END_OF_TIME = '2999-12-31T23:59:59.999Z';

const LIST_CUSTOMERS = statement(
  'list-customers',
  `SELECT ${COLUMNS} FROM customers
   WHERE (created_at, id) < ($1, $2)
   ORDER BY created_at DESC, id DESC LIMIT $3`,
  { short: true },
);

/** Newest first. @throws InvalidCursor */
export async function listCustomers(
  db: Queryable,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Customer>> {
  const scope = ['customers'];
  const [at, id] = readCursor(cursor, scope, Type.Tuple([Made, Id])) ?? [END_OF_TIME, LAST_ID];
  const { rows } = await db.query<Customer>(LIST_CUSTOMERS, [at, id, limit + 1]);
  return pageOf(
    rows,
    { limit, scope },
    { item: (customer) => customer, keys: (customer) => [customer.createdAt, customer.id] },
  );
}
