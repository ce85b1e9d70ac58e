import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { admins } from '../auth/access.ts';
import { ApiKeyNotFound, ValidationFailed } from '../errors.ts';
import type { App, Services } from '../services.ts';
import * as operations from './operations.ts';
import { deleteKey, insertKey, listKeys } from './queries.ts';
import { hashKey } from './verify-key.ts';

/** Bytes of randomness; the hash needs no salt against that. */
const KEY_BYTES = 32;
const PREFIX_LENGTH = 'store_'.length + 6;

export function apiKeyRoutes(app: App, { db }: Services): void {
  const config = { access: admins };

  app.post('/v1/api-keys', { config, schema: operations.createApiKey }, async ({ body }, reply) => {
    const { name, scopes, expiresAt } = body;
    const key = `store_${randomBytes(KEY_BYTES).toString('base64url')}`;
    const prefix = key.slice(0, PREFIX_LENGTH);
    const hash = hashKey(key);
    const made = await insertKey(db.write, {
      id: uuidv7(),
      name,
      scopes,
      prefix,
      hash,
      expiresAt: expiresAt === undefined ? undefined : inFuture(expiresAt),
    });
    return reply.code(201).send({ ...made, key });
  });

  app.get('/v1/api-keys', { config, schema: operations.listApiKeys }, ({ query }) =>
    listKeys(db.read, query),
  );

  app.delete(
    '/v1/api-keys/:id',
    { config, schema: operations.deleteApiKey },
    async ({ params }, reply) => {
      if (!(await deleteKey(db.write, params.id))) throw new ApiKeyNotFound();
      return reply.code(204).send(undefined);
    },
  );
}

/** Where a year has four digits, so that every client can read it back. */
const END_OF_TIME = Date.UTC(9999, 0);

function inFuture(text: string): Date {
  const time = Date.parse(text);
  if (time > Date.now() && time < END_OF_TIME) return new Date(time);
  throw new ValidationFailed('The body is not valid.', {
    errors: [{ pointer: '/expiresAt', detail: 'must be in the future, before the year 9999' }],
  });
}
