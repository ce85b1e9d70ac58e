/** First answers, kept for a day: a repeated request gets the same one, to the byte. */
import { createHash } from 'node:crypto';
import type { Database, Queryable } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import { IdempotencyKeyReused } from '../errors.ts';

/** What makes two requests the same one. */
export interface Repeatable {
  readonly caller: string;
  /** Method and pattern of the path. */
  readonly route: string;
  readonly key: string;
  readonly fingerprint: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly replayed: boolean;
}

interface Remembered {
  readonly fingerprint: Buffer;
  readonly status: number;
  readonly answer: unknown;
}

/** SHA-256 of a JSON value; the order of the members does not count. */
export function fingerprintOf(value: unknown): Buffer {
  const canonical = JSON.stringify(value, (_name, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
  return createHash('sha256').update(canonical).digest();
}

const FIND_ANSWER = statement(
  'find-answer',
  `SELECT fingerprint, status, answer FROM idempotency_keys
   WHERE caller = $1 AND route = $2 AND key = $3`,
  { short: true },
);

export async function findAnswer(
  db: Queryable,
  { caller, route, key }: Repeatable,
): Promise<Remembered | undefined> {
  const { rows } = await db.query<Remembered>(FIND_ANSWER, [caller, route, key]);
  return rows[0];
}

/** @throws IdempotencyKeyReused when the body was another one */
export function replay({ fingerprint, status, answer }: Remembered, request: Repeatable): Answer {
  if (!fingerprint.equals(request.fingerprint)) throw new IdempotencyKeyReused();
  return { status, body: answer, replayed: true };
}

const REMEMBER_ANSWER = statement(
  'remember-answer',
  `INSERT INTO idempotency_keys (caller, route, key, fingerprint, status, answer, customer_id)
   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
);

/** Keeps an answer that wrote nothing else. Whoever was first wins: theirs is the answer then. */
export async function rememberAnswer(
  db: Database,
  request: Repeatable,
  { status, body, customerId }: { status: number; body: unknown; customerId: string },
): Promise<Answer> {
  const { caller, route, key, fingerprint } = request;
  const values = [caller, route, key, fingerprint, status, JSON.stringify(body), customerId];
  const { rowCount } = await db.write.query(REMEMBER_ANSWER, values);
  const first = rowCount === 1 ? undefined : await findAnswer(db.read, request);
  return first === undefined ? { status, body, replayed: false } : replay(first, request);
}
