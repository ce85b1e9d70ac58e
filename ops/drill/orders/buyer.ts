/** A customer who orders as the contract asks: with the same key again until told what became of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { isRefusal } from '../../loopback/refusals.ts';
import type { Visit } from '../../loopback/visitors.ts';

export interface Purchase {
  readonly authorization: string;
  /** Also the note of the order, so that the database tells which orders a key has. */
  readonly key: string;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
}

export interface Answer extends Visit {
  readonly key: string;
  readonly body: string;
  readonly isReplay: boolean;
  /** Milliseconds since 1970, by this machine's clock, which is also the database's. */
  readonly heardAt: number;
}

export interface Experience {
  /** Every answer, but for its body. */
  readonly visits: Visit[];
  /** Tries whose connection was refused or cut. */
  cuts: number;
}

/** Milliseconds between two tries: sooner than Retry-After says, which is harder on the service. */
const PAUSE = 50;
/** Milliseconds after which a buyer gives up. */
const PATIENCE = 60_000;

interface Insistence {
  readonly experience: Experience;
  readonly signal: AbortSignal;
}

/** @returns undefined when nothing final came in a minute. @throws the reason of `signal` */
export async function insist(
  url: string,
  purchase: Purchase,
  { experience, signal }: Insistence,
): Promise<Answer | undefined> {
  const deadline = performance.now() + PATIENCE;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    const answer = await order(url, purchase).catch(() => undefined);
    if (answer === undefined) experience.cuts += 1;
    else experience.visits.push({ ...answer, body: undefined } as Visit);
    if (answer !== undefined && isFinal(answer)) return answer;
    await pause(PAUSE, undefined, { signal });
  }
  return undefined;
}

/** One try. @throws Error when the connection is refused or cut */
async function order(url: string, { authorization, key, lines }: Purchase): Promise<Answer> {
  const at = performance.now();
  const response = await fetch(`${url}/v1/orders`, {
    method: 'POST',
    headers: { authorization, 'idempotency-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ lines, note: key }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const { status, headers } = response;
  const body = await response.text();
  const { id, code } = JSON.parse(body) as { id?: string; code?: string };
  return {
    operation: 'order',
    at,
    milliseconds: performance.now() - at,
    status,
    contentType: headers.get('content-type'),
    retryAfter: headers.get('retry-after'),
    key,
    body,
    isReplay: headers.has('idempotent-replayed'),
    heardAt: Date.now(),
    ...(code !== undefined && { code }),
    ...(status === 201 && id !== undefined && { orderId: id }),
  };
}

/** Everything else is to be sent again with the same key. */
function isFinal({ status, code }: Visit): boolean {
  return status < 500 && status !== 429 && code !== 'IDEMPOTENCY_KEY_IN_USE';
}

/** What may be answered to an order that is as it should be, but for a 503 that says when to return. */
const PROMISED = new Set(['201', '409 OUT_OF_STOCK', '409 IDEMPOTENCY_KEY_IN_USE']);

export function isPromised(visit: Visit): boolean {
  return visit.status === 503 ? isRefusal(visit) : PROMISED.has(kindOf(visit));
}

/** `201`, `409 OUT_OF_STOCK` and so on. */
export function kindOf({ status, code }: Visit): string {
  return code === undefined ? String(status) : `${status} ${code}`;
}
