/** The header Idempotency-Key (draft-ietf-httpapi-idempotency-key-header). */
import { Type } from 'typebox';
import { IdempotencyKeyRequired } from '../errors.ts';

/** Documents the header; `readKey` checks it, after the body. */
export const IdempotencyKey = Type.Object({
  'idempotency-key': Type.String({
    description: '1 to 255 visible characters, new for each order; kept for 24 hours',
    examples: ['0193f5d2-7c1e-7a3b-9d54-0c2f6b1e8a92'],
  }),
});

const VISIBLE = /^[\x21-\x7e]{1,255}$/;

/** A string of structured fields (RFC 9651): `"a\"b"` */
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;

/**
 * The key; quoted and bare forms mean the same one.
 * @throws IdempotencyKeyRequired when it is absent or not of that form
 */
export function readKey(field: string | string[] | undefined): string {
  if (typeof field !== 'string') throw new IdempotencyKeyRequired();
  const quoted = QUOTED.exec(field.trim())?.[1];
  const key = quoted === undefined ? field.trim() : quoted.replaceAll(/\\(["\\])/g, '$1');
  if (!VISIBLE.test(key)) throw new IdempotencyKeyRequired();
  return key;
}
