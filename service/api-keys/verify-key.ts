/** Checks API keys: by their hash, remembered for a little while. */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Machine } from '../auth/principal.ts';
import type { Database } from '../database/database.ts';
import { Unauthenticated } from '../errors.ts';
import { findMachine, touchKey } from './queries.ts';

/** What `POST /v1/api-keys` makes: 256 bits as base64url. Anything else is not looked up. */
const FORM = /^store_[\w-]{43}$/;

/** Milliseconds a key is believed without asking: a deleted one is refused within 30 s everywhere. */
const BELIEVED = 15_000;

/** Keys remembered at most, good and bad apart. */
const REMEMBERED = 5000;

/**
 * @param clock milliseconds, for tests
 * @throws Unauthenticated
 */
export function keyVerifier(
  db: Database,
  clock: { now: () => number } = performance,
): (key: string) => Promise<Machine> {
  const remembered = new LRUCache<string, Machine>({
    max: REMEMBERED,
    ttl: BELIEVED,
    ttlResolution: 0,
    perf: clock,
  });

  const refused = new LRUCache<string, true>({ max: REMEMBERED, ttl: BELIEVED, perf: clock });

  return async (key) => {
    if (!FORM.test(key) || refused.has(key)) throw badKey();
    const hash = hashKey(key);
    const name = hash.toString('base64');
    const known = remembered.get(name);
    if (known !== undefined) return known;
    const found = await findMachine(db.read, hash);
    if (found === undefined) {
      refused.set(key, true);
      throw badKey();
    }
    const { expiresAt, ...machine } = found;
    const ttl = Math.min(
      BELIEVED,
      expiresAt === null ? BELIEVED : Date.parse(expiresAt) - Date.now(),
    );
    if (ttl > 0) remembered.set(name, machine, { ttl });
    // When it was used is worth knowing, not worth refusing for.
    await touchKey(db.write, machine.id).catch(() => undefined);
    return machine;
  };
}

function badKey() {
  return new Unauthenticated('The API key is refused: it is unknown, expired or deleted.');
}

export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
