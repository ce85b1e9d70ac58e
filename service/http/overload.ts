/** Refuses work that would only wait: better a quick 503 than a slow answer to everybody. */
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { Overloaded } from '../errors.ts';
import { OPERATOR_PATHS } from './operator-paths.ts';

/** @param maxEventLoopDelay milliseconds; by as much every client has waited already */
export async function shedLoad(app: FastifyInstance, maxEventLoopDelay: number): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay,
    pressureHandler: async (request, _reply, type, value) => {
      if (OPERATOR_PATHS.has(request.routeOptions.url ?? '')) return;
      request.log.warn({ type, value }, 'overloaded');
      throw new Overloaded(undefined, { headers: { 'retry-after': '5' } });
    },
  });
}
