import { Type } from 'typebox';
import type { Machine, Scope } from '../auth/principal.ts';
import type { Queryable } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import { LAST_ID, pageOf, type Page, readCursor } from '../http/page.ts';
import { Id } from '../http/schemas.ts';
import type { ApiKey } from './schemas.ts';

const COLUMNS = `id, name, scopes, prefix, created_at AS "createdAt", expires_at AS "expiresAt",
                 last_used_at AS "lastUsedAt"`;

const INSERT_KEY = statement(
  'insert-api-key',
  `INSERT INTO api_keys (id, name, scopes, prefix, hash, expires_at)
   VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
);

interface NewKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly prefix: string;
  readonly hash: Buffer;
  readonly expiresAt: Date | undefined;
}

export async function insertKey(db: Queryable, key: NewKey): Promise<ApiKey> {
  const { id, name, scopes, prefix, hash, expiresAt } = key;
  const values = [id, name, scopes, prefix, hash, expiresAt ?? null];
  const { rows } = await db.query<ApiKey>(INSERT_KEY, values);
  return rows[0] as ApiKey;
}

const LIST_KEYS = statement(
  'list-api-keys',
  `SELECT ${COLUMNS} FROM api_keys WHERE id < $1 ORDER BY id DESC LIMIT $2`,
  { short: true },
);

/** Newest first. */
export async function listKeys(
  db: Queryable,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<ApiKey>> {
  const scope = ['api-keys'];
  const [before] = readCursor(cursor, scope, Type.Tuple([Id])) ?? [LAST_ID];
  const { rows } = await db.query<ApiKey>(LIST_KEYS, [before, limit + 1]);
  return pageOf(rows, { limit, scope }, { item: (key) => key, keys: ({ id }) => [id] });
}

const DELETE_KEY = statement('delete-api-key', 'DELETE FROM api_keys WHERE id = $1');

export async function deleteKey(db: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await db.query(DELETE_KEY, [id]);
  return rowCount === 1;
}

const FIND_MACHINE = statement(
  'find-machine',
  `SELECT id, scopes, expires_at AS "expiresAt" FROM api_keys
   WHERE hash = $1 AND (expires_at IS NULL OR expires_at > now())`,
  { short: true },
);

export async function findMachine(
  db: Queryable,
  hash: Buffer,
): Promise<(Machine & { expiresAt: string | null }) | undefined> {
  const { rows } = await db.query<{ id: string; scopes: Scope[]; expiresAt: string | null }>(
    FIND_MACHINE,
    [hash],
  );
  return rows[0] && { kind: 'machine', ...rows[0] };
}

const TOUCH_KEY = statement(
  'touch-api-key',
  `UPDATE api_keys SET last_used_at = now()
   WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
);

/** Notes that a key was used, to the minute. */
export async function touchKey(db: Queryable, id: string): Promise<void> {
  await db.query(TOUCH_KEY, [id]);
}
