/** Which bodies are read, and how: one JSON value in UTF-8. */
import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { InvalidJson, UnsupportedMediaType, ValidationFailed } from '../errors.ts';

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
    if (encoding !== 'identity') return done(new UnsupportedMediaType());
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
  refuseUnwantedBodies(app);
}

/** A route without a schema for a body takes none; saying nothing would be dropping it. */
function refuseUnwantedBodies(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ body, routeOptions }) => {
    if (body === undefined || routeOptions.schema?.body !== undefined) return;
    if (body !== null && typeof body === 'object' && Object.keys(body).length === 0) return;
    throw new ValidationFailed('This route takes no body.', {
      errors: [{ pointer: '', detail: 'must be absent' }],
    });
  });
}
