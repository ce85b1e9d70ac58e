/** Which bodies are read, and how: one JSON value in UTF-8. */
import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { InvalidJson, UnsupportedMediaType, ValidationFailed } from '../errors.ts';

/** JSON is UTF-8 (RFC 8259), whatever else is claimed. */
const OTHER_CHARSET = /charset\s*=\s*(?!"?utf-8"?\s*(;|$))/i;

/** Bytes. */
export const BODY_LIMIT = 1024 * 1024;

export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');

  const read = (
    request: FastifyRequest,
    body: Buffer,
    done: (e: Error | null, v?: unknown) => void,
  ) => {
    // Many clients say that they send JSON and send nothing: the schema decides whether one is needed.
    const { 'content-encoding': encoding = 'identity' } = request.headers;
    const { 'content-type': type = '' } = request.headers;
    if (encoding !== 'identity' || OTHER_CHARSET.test(type))
      return done(new UnsupportedMediaType());
    if (body.length === 0) return done(null, undefined);
    if (!isUtf8(body)) return done(new InvalidJson('The body is not UTF-8.'));
    return parse(request, body.toString('utf8'), (error, value) =>
      error === null ? done(null, value) : done(new InvalidJson()),
    );
  };

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, read);
  app.addContentTypeParser(
    'application/merge-patch+json',
    { parseAs: 'buffer' },
    (request, body: Buffer, done) =>
      request.method === 'PATCH' ? read(request, body, done) : done(new UnsupportedMediaType()),
  );
  refuseUnwantedInput(app);
}

/** A route that has no schema for a body or a query takes none; to say nothing would be to drop it. */
function refuseUnwantedInput(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ query, routeOptions: { schema, config } }) => {
    const [member] = Object.keys(query as object);
    // Elsewhere than below /v1, caches and tools may add what they like.
    if (member === undefined || schema?.querystring !== undefined || !config.access) return;
    const errors = [{ pointer: `/${member}`, detail: 'is unknown' }];
    throw new ValidationFailed('This route takes no query.', { errors });
  });
  app.addHook('preValidation', async ({ body, routeOptions: { schema } }) => {
    if (body === undefined || schema?.body !== undefined) return;
    if (body !== null && typeof body === 'object' && Object.keys(body).length === 0) return;
    const errors = [{ pointer: '', detail: 'must be absent' }];
    throw new ValidationFailed('This route takes no body.', { errors });
  });
}
