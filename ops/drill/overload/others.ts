/** What visitors must not notice of others who misuse connections. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Visitors } from '../../loopback/visitors.ts';
import { failures, type Visited } from '../visits.ts';

/** Milliseconds that an answer may take on a busy machine before it counts as not served. */
const SLOWEST = 5000;

export function disturbed({ visits, cuts }: Visited): string[] {
  const slow = visits.filter(({ milliseconds }) => milliseconds > SLOWEST);
  return [
    ...(visits.length === 0 ? ['nobody else was served'] : []),
    ...failures({ visits, cuts }).map((what) => `of others, ${what}`),
    ...(slow.length > 0 ? [`${slow.length} requests of others took more than ${SLOWEST} ms`] : []),
  ];
}

/** Requests after which connections are open and code is compiled. */
const WARM = 50;

/** @throws what the signal aborts with */
export async function untilServed({ visits }: Visitors, signal: AbortSignal): Promise<void> {
  while (visits.length < WARM) await pause(20, undefined, { signal });
}
