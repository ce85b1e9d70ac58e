/** Header fields that every answer carries: request id, caching, security, other origins. */
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';
import { randomUUID } from 'node:crypto';
import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/** Neither begins nor ends with a blank: on its way back in a field's value that would be lost. */
const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]{0,126}[\x21-\x7e])?$/;

/** Tells clients to open another connection for what they ask next: this process is ending. */
export function sayGoodbye(app: FastifyInstance, lifecycle: { draining: boolean }): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (lifecycle.draining) reply.header('connection', 'close');
    done();
  });
}

/** The caller's id when it is 1 to 128 printable ASCII characters, else a new one. */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && PRINTABLE.test(given) ? given : randomUUID();
}

/** What scripts of other origins may read of an answer. */
const EXPOSED = [
  'etag',
  'idempotent-replayed',
  'location',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'www-authenticate',
  'x-request-id',
];

export async function setHeaders(app: FastifyInstance, corsOrigins: readonly string[]) {
  // What else somebody expects may be passed over (RFC 9110, 10.1.1); Node's own 417 has no body.
  app.server.on('checkExpectation', (request, response) =>
    app.server.emit('request', request, response),
  );
  const constant = {
    ...securityHeaders(),
    // What a client sees depends on who asks; product reads say otherwise where they may.
    'cache-control': 'no-store',
    vary: 'Authorization',
  };
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(constant).header('x-request-id', request.id);
    done();
  });
  await app.register(cors, {
    origin: corsOrigins.includes('*') ? '*' : [...corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED,
    maxAge: 600,
    // OPTIONS from no browser is answered as well, not with an error in plain text.
    strictPreflight: false,
  });
}

/** Helmet's, asked once: its plugin for Fastify puts the same words together for each request. */
function securityHeaders(): OutgoingHttpHeaders {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const set = helmet({
    // Nothing here is a page but /docs and /problems, which set their own policy.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
  set(response.req, response, (error) => {
    if (error !== undefined) throw error;
  });
  return response.getHeaders();
}
