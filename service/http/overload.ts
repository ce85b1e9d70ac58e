/** Refuses work that would only wait: better an early 503 than a slow answer to everybody. */
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { Overloaded } from '../errors.ts';
import { OPERATOR_PATHS } from './operator-paths.ts';
import { Line } from './line.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** In which this request has its turn; null before and after. */
    line: Line | null;
  }
}

/** @param maxEventLoopDelay milliseconds; by as much every client has waited already */
export async function shedLoad(app: FastifyInstance, maxEventLoopDelay: number): Promise<void> {
  takeTurns(app);
  await app.register(underPressure, {
    maxEventLoopDelay,
    pressureHandler: async (request, _reply, type, value) => {
      if (OPERATOR_PATHS.has(request.routeOptions.url ?? '')) return;
      request.log.warn({ type, value }, 'overloaded');
      throw tooBusy();
    },
  });
}

/**
 * From the complete request to its answer, before it is written: who sends or reads slowly takes
 * nobody's turn. Reads do not wait for writes, which may wait for each other in the database.
 */
function takeTurns(app: FastifyInstance): void {
  const reads = new Line();
  const writes = new Line();
  app.decorateRequest('line', null);
  app.addHook('preHandler', (request, reply, done) => {
    if (OPERATOR_PATHS.has(request.routeOptions.url ?? '')) return done();
    const line = request.method === 'GET' || request.method === 'HEAD' ? reads : writes;
    line.join(reply.raw, (hasTurn) => {
      if (!hasTurn) return done(tooBusy());
      request.line = line;
      done();
    });
  });
  app.addHook('onSend', (request, _reply, payload, done) => {
    request.line?.leave();
    request.line = null;
    done(null, payload);
  });
}

/** Seconds after which another try is worth it. */
const RETRY_AFTER = '5';

function tooBusy() {
  return new Overloaded(undefined, { headers: { 'retry-after': RETRY_AFTER } });
}
