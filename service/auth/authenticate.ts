/** Finds out who asks, before anything else is read; then holds it against the route's access. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PROJECT } from '../../contract.ts';
import { Forbidden, RouteNotFound, Unauthenticated } from '../errors.ts';
import { permits } from './access.ts';
import type { Machine, Principal } from './principal.ts';
import type { VerifyToken } from './tokens.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null for anyone who showed no credential. */
    principal: Principal | null;
    /** Why the credential is refused; told by `authorize`, after the rate limit has counted it. */
    refusal: unknown;
  }
}

export interface Verifiers {
  readonly verifyToken: VerifyToken;
  readonly verifyKey: (key: string) => Promise<Machine>;
}

/** Sets `request.principal`. A refused credential is remembered, so that guessing is limited too. */
export function identify(app: FastifyInstance, verifiers: Verifiers): void {
  app.decorateRequest('principal', null);
  app.decorateRequest('refusal', undefined);
  app.addHook('onRequest', async (request) => {
    const { authorization } = request.headers;
    if (request.routeOptions.config.access === undefined || authorization === undefined) return;
    try {
      requireOneCredential(request);
      request.principal = await principalOf(authorization, verifiers);
    } catch (error) {
      request.refusal = error;
    }
  });
}

/** Refuses with 401 and 403; every route below /v1 must say who may use it. */
export function authorize(app: FastifyInstance): void {
  app.addHook('onRoute', ({ url, config, method }) => {
    if (url.startsWith('/v1') && config?.access === undefined) {
      throw new Error(`${String(method)} ${url} does not say who may use it (config.access)`);
    }
  });
  app.addHook('onRequest', async ({ is404, routeOptions, principal, refusal }) => {
    // Before the body of such a request is read, and after it was counted.
    if (is404) throw new RouteNotFound();
    const { access } = routeOptions.config;
    if (access === undefined) return;
    if (refusal !== undefined) throw challenge(refusal);
    if (principal === null && access.anyone !== true) throw challenge(new Unauthenticated());
    if (principal !== null && !permits(access, principal)) throw new Forbidden();
  });
}

/** The principal of a route that nobody reaches without one. */
export function principalOfRequest({ principal }: FastifyRequest): Principal {
  if (principal === null) throw challenge(new Unauthenticated());
  return principal;
}

/** Node shows the first of two fields; what stands in front may have judged by the last. */
function requireOneCredential({ raw: { rawHeaders } }: FastifyRequest): void {
  if (rawHeaders.filter(isCredentialField).length > 1) {
    throw new Unauthenticated('Authorization must be sent once.');
  }
}

/** Of names and values in turn. */
function isCredentialField(text: string, at: number): boolean {
  return at % 2 === 0 && text.toLowerCase() === 'authorization';
}

function principalOf(authorization: string, verifiers: Verifiers): Promise<Principal> {
  const [scheme = '', credential = '', ...rest] = authorization.trim().split(/ +/);
  if (credential !== '' && rest.length === 0) {
    if (scheme.toLowerCase() === 'bearer') return verifiers.verifyToken(credential);
    if (scheme.toLowerCase() === 'apikey') return verifiers.verifyKey(credential);
  }
  throw new Unauthenticated('Authorization must be `Bearer <token>` or `ApiKey <key>`.');
}

/** RFC 6750: how to authenticate, and whether what came was bad. */
function challenge(error: unknown): unknown {
  if (!(error instanceof Unauthenticated)) return error;
  const shown = error.message !== Unauthenticated.help ? ', error="invalid_token"' : '';
  return new Unauthenticated(error.message, {
    headers: { 'www-authenticate': `Bearer realm="${PROJECT}"${shown}` },
  });
}
