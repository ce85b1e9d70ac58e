/**
 * Where the rate limit counts. The plugin's own store goes by the wall clock: when that is set back,
 * who has asked too often is kept out for as long on top. This one goes by a clock nobody sets.
 */
import type { FastifyRateLimitStore } from '@fastify/rate-limit';
import { LRUCache } from 'lru-cache';

/** Counters kept at most; the least recently used is forgotten first. */
const COUNTERS = 20_000;

interface Window {
  requests: number;
  /** By `performance.now()`, in whole milliseconds: what is left of a window is told rounded up. */
  readonly end: number;
}

export class RateWindows implements FastifyRateLimitStore {
  readonly #windows = new LRUCache<string, Window>({ max: COUNTERS });

  /** Counts a request of `caller`; a window begins with the first. @param length milliseconds */
  incr(
    caller: string,
    answer: (error: null, counted: { current: number; ttl: number }) => void,
    length: number,
  ): void {
    const now = Math.trunc(performance.now());
    const known = this.#windows.get(caller);
    const window =
      known !== undefined && now < known.end ? known : this.#begin(caller, now + length);
    window.requests += 1;
    answer(null, { current: window.requests, ttl: window.end - now });
  }

  /** Routes have no limits of their own. */
  child(): this {
    return this;
  }

  #begin(caller: string, end: number): Window {
    const window = { requests: 0, end };
    this.#windows.set(caller, window);
    return window;
  }
}
