/** Checks access tokens: signature, issuer, expiry, use and client. */
import { JwtVerifier } from 'aws-jwt-verify';
import {
  FetchError,
  JwkValidationError,
  JwksNotAvailableInCacheError,
  JwksValidationError,
  JwtBaseError,
  JwtParseError,
} from 'aws-jwt-verify/error';
import { SimpleFetcher } from 'aws-jwt-verify/https';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import { LRUCache } from 'lru-cache';
import { ADMIN_GROUP } from '../../contract.ts';
import type { AuthConfig } from '../config.ts';
import { IdentityUnavailable, Unauthenticated } from '../errors.ts';
import { UUID } from '../http/schemas.ts';
import { plainFetcher } from './plain-fetcher.ts';
import type { Person } from './principal.ts';

/** @throws Unauthenticated, or IdentityUnavailable when the issuer's keys cannot be had */
export type VerifyToken = (token: string) => Promise<Person>;

/** Tokens remembered at most; each takes about 2 KB. */
const REMEMBERED = 5000;

export type TokenSource = Extract<AuthConfig, { kind: 'remote' }> & {
  /** The issuer's keys where the issuer is this process; otherwise they are fetched. */
  readonly jwks?: { keys: object[] };
};

interface Verified {
  readonly person: Person;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/**
 * Remembers verified tokens: the signature costs more than all else here. Their end is held against
 * the clock each time, so that nothing of a clock that was wrong outlives its correction.
 */
export function tokenVerifier(source: TokenSource): VerifyToken {
  const verifier = createVerifier(source);
  const remembered = new LRUCache<string, Verified>({ max: REMEMBERED });

  return async (token) => {
    const known = remembered.get(token);
    if (known !== undefined && Date.now() < known.expires) return known.person;
    const claims = await verifier.verify(token).catch(refuse);
    const person = personOf(claims);
    remembered.set(token, { person, expires: (claims.exp ?? 0) * 1000 });
    return person;
  };
}

function createVerifier({ issuer, jwksUri, clientIds, allowHttp, jwks }: TokenSource) {
  const remote = allowHttp ? plainFetcher : new SimpleFetcher();
  const fetcher = jwks === undefined ? remote : { fetch: () => Promise.resolve(encode(jwks)) };
  return JwtVerifier.create(
    {
      issuer,
      jwksUri,
      // Cognito's access tokens name the client in `client_id` and have no audience.
      audience: null,
      customJwtCheck: ({ header, payload }) => {
        check(header.alg === 'RS256', 'the algorithm is not RS256');
        check(payload['token_use'] === 'access', 'it is not an access token');
        const client = payload['client_id'];
        check(typeof client === 'string' && clientIds.includes(client), 'its client is unknown');
        check(typeof payload.exp === 'number', 'it never expires');
      },
    },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  );
}

function encode(jwks: object): ArrayBuffer {
  return new TextEncoder().encode(JSON.stringify(jwks)).buffer;
}

function personOf({ sub, 'cognito:groups': groups }: JwtPayload): Person {
  check(new RegExp(UUID).test(sub ?? ''), 'its subject is not a UUID');
  const admin = Array.isArray(groups) && groups.includes(ADMIN_GROUP);
  return { kind: admin ? 'admin' : 'customer', id: String(sub).toLowerCase() };
}

function check(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw badToken(otherwise);
}

/** The library's errors about the issuer; its others are about the token. */
const ISSUER_FAULTS = [
  FetchError,
  JwksNotAvailableInCacheError,
  JwksValidationError,
  JwkValidationError,
];

function refuse(error: unknown): never {
  if (error instanceof Unauthenticated) throw error;
  if (error instanceof JwtBaseError && !ISSUER_FAULTS.some((fault) => error instanceof fault)) {
    // The library's sentences name the claim that failed; of what it cannot read, they quote it.
    throw badToken(error instanceof JwtParseError ? 'it cannot be read' : error.message);
  }
  throw new IdentityUnavailable(undefined, { cause: error, headers: { 'retry-after': '5' } });
}

function badToken(reason: string) {
  return new Unauthenticated(`The token is refused: ${reason.replace(/[.]$/, '')}.`);
}
