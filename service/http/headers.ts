/** Header fields that every answer carries: request id, caching, security, other origins. */
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { v7 as uuidv7 } from 'uuid';

const PRINTABLE = /^[\x20-\x7e]{1,128}$/;

/** Tells clients to open another connection for what they ask next: this process is ending. */
export function sayGoodbye(app: FastifyInstance, lifecycle: { draining: boolean }): void {
  app.addHook('onSend', async (_request, reply) => {
    if (lifecycle.draining) reply.header('connection', 'close');
  });
}

/** The caller's id when it is 1 to 128 printable ASCII characters, else a new one. */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && PRINTABLE.test(given) ? given : uuidv7();
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
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // What a client sees depends on who asks; product reads say otherwise where they may.
    reply.header('cache-control', 'no-store').header('vary', 'Authorization');
  });
  await app.register(helmet, {
    // Nothing here is a page but /docs and /problems, which set their own policy.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
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
