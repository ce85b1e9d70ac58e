/**
 * Who asks. Tokens that were verified are remembered, as in the store: otherwise the signature
 * would be what is compared.
 */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { Refused } from './refused.js';

/** Tokens remembered at most, as many as in the store. */
const REMEMBERED = 5000;

const { ISSUER, JWKS_URI } = process.env;

const keys = createRemoteJWKSet(new URL(JWKS_URI));
const remembered = new LRUCache({ max: REMEMBERED });

/**
 * The id of the customer.
 * @param authorization the header field
 * @throws Refused
 */
export async function customerOf(authorization = '') {
  if (!authorization.startsWith('Bearer ')) throw new Refused(401, 'UNAUTHENTICATED');
  const token = authorization.slice('Bearer '.length);
  const known = remembered.get(token);
  if (known !== undefined) return known;
  const { sub, exp } = await verify(token);
  remembered.set(token, sub, { ttl: exp * 1000 - Date.now() });
  return sub;
}

async function verify(token) {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: ISSUER,
      algorithms: ['RS256'],
      requiredClaims: ['sub', 'exp'],
    });
    if (payload.token_use === 'access') return payload;
  } catch {
    // Whatever is wrong with it, the answer is the same.
  }
  throw new Refused(401, 'UNAUTHENTICATED');
}
