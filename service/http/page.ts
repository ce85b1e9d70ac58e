/** Lists by keyset: a page knows the last row it showed, so rows that are added move nothing. */
import { createHash } from 'node:crypto';
import { type Static, type TSchema, Type } from 'typebox';
import { Check } from 'typebox/value';
import { InvalidCursor } from '../errors.ts';
import { component, Nullable, ref } from './schemas.ts';

export const PageQuery = {
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20, description: 'Items a page' }),
  // Checked by `readCursor`, which answers INVALID_CURSOR however broken it is.
  cursor: Type.Optional(Type.String({ description: '`nextCursor` of the page before' })),
};

/** Smaller and greater than any id: what a list begins after that has no cursor. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

export function PageOf<Schema extends TSchema>(name: string, item: Schema) {
  return component(
    `${name}Page`,
    Type.Object({
      items: Type.Array(ref(item)),
      nextCursor: Nullable(Type.String({ examples: ['eyJxIjoiNWQxZiIsImsiOlsxMjNdfQ'] })),
    }),
  );
}

/** What a list is of: everything of its query but `limit` and `cursor`, and who asks if it matters. */
export type Scope = readonly (string | number | boolean | undefined)[];

/**
 * The keys of the last row shown, or undefined for the first page.
 * @throws InvalidCursor when it is broken, or made for another query
 */
export function readCursor<Keys extends TSchema>(
  cursor: string | undefined,
  scope: Scope,
  keys: Keys,
): Static<Keys> | undefined {
  if (cursor === undefined) return undefined;
  const value = decode(cursor);
  if (value?.q !== fingerprint(scope) || !Check(keys, value.k)) throw new InvalidCursor();
  return value.k;
}

/** A page of at most `limit` of the rows, of which one more than that was asked for. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  { limit, scope }: { limit: number; scope: Scope },
  show: { item: (row: Row) => Item; keys: (row: Row) => readonly unknown[] },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    items: shown.map((row) => show.item(row)),
    nextCursor: more ? encode({ q: fingerprint(scope), k: show.keys(last) }) : null,
  };
}

interface Cursor {
  readonly q: string;
  readonly k: unknown;
}

function encode(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function decode(text: string): Cursor | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return value !== null && typeof value === 'object' && 'q' in value && 'k' in value
      ? (value as Cursor)
      : undefined;
  } catch {
    return undefined;
  }
}

function fingerprint(scope: Scope): string {
  const text = JSON.stringify(scope.map((value) => value ?? null));
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}
