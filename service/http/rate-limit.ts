/** Requests a minute for each principal, else for each client address, counted in this process. */
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../auth/principal.ts';
import { RateLimited } from '../errors.ts';
import type { Settings } from '../settings/settings.ts';
import { OPERATOR_PATHS } from './operator-paths.ts';
import { RateWindows } from './rate-windows.ts';

const WINDOW_SECONDS = 60;

export async function limitRate(app: FastifyInstance, settings: Settings): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    timeWindow: WINDOW_SECONDS * 1000,
    store: RateWindows,
    max: () => settings.current().rateLimitPerMinute,
    keyGenerator: ({ principal, ip }) => (principal === null ? `ip:${ip}` : callerOf(principal)),
  });
  const count = app.createRateLimit();

  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (OPERATOR_PATHS.has(request.routeOptions.url ?? '')) return;
    const limit = await count(request);
    // With an allow list the plugin would say so here; there is none.
    if (limit.isAllowed) return;
    const { max, remaining, ttlInSeconds } = limit;
    // draft-ietf-httpapi-ratelimit-headers
    reply.header('ratelimit-policy', `"default";q=${max};w=${WINDOW_SECONDS}`);
    reply.header('ratelimit', `"default";r=${remaining};t=${ttlInSeconds}`);
    if (!limit.isExceeded) return;
    throw new RateLimited(`At most ${max} requests a minute.`, {
      headers: { 'retry-after': String(ttlInSeconds) },
    });
  });
}
