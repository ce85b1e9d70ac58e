/** Checks API keys: by their hash, remembered for a little while. */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Machine } from '../auth/principal.ts';
import type { Database } from '../database/database.ts';
import { Unauthenticated } from '../errors.ts';
import { findMachine, touchKey } from './queries.ts';

/** Milliseconds a key is believed without asking: a deleted one is refused within 30 s everywhere. */
const BELIEVED = 15_000;

/** Keys remembered at most, known and unknown. */
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

  return async (key) => {
    const hash = hashKey(key);
    const name = hash.toString('base64');
    const known = remembered.get(name);
    if (known !== undefined) return known;
    const found = await findMachine(db.read, hash);
    if (found === undefined) {
      throw new Unauthenticated('The API key is refused: it is unknown, expired or deleted.');
    }
    const { expiresAt, ...machine } = found;
    const ttl = Math.min(
      BELIEVED,
      expiresAt === null ? BELIEVED : Date.parse(expiresAt) - Date.now(),
    );
    if (ttl > 0) remembered.set(name, machine, { ttl });
    await touchKey(db.write, machine.id);
    return machine;
  };
}

export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
