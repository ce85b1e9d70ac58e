/** How long a store takes until it works again, asked from outside. Times by `performance.now()`. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { isError } from '../../../service/problem.ts';
import type { StoreInUse } from './store-in-use.ts';

/** Milliseconds between two questions, and after which nothing good is expected any more. */
const PAUSE = 20;
const PATIENCE = 15_000;

/** Milliseconds that a store may take for its first good answer once its database works. */
const PROMPT = 1000;

/** Milliseconds until the first good answer to somebody who looks, and to one who orders. */
export interface Recovery {
  readonly read: number;
  readonly write: number;
}

/** Starts a database that is down. */
export async function startAndRecover(store: StoreInUse, signal: AbortSignal): Promise<Recovery> {
  const { databaseUrl, postgres } = store.home;
  const starting = postgres.startAgain();
  try {
    return await recovery(store, await whenAccepting(databaseUrl, signal));
  } finally {
    await starting;
  }
}

/** Since a moment at which the database began to work. */
export async function recovery(store: StoreInUse, since: number): Promise<Recovery> {
  const [read, write] = await Promise.all([firstRead(store), firstOrder(store)]);
  return { read: read - since, write: write - since };
}

/** @returns a sentence for each that took too long */
export function tooSlow(
  store: StoreInUse,
  recovered: Partial<Recovery>,
  after: string,
  prompt = PROMPT,
): string[] {
  const limit = store.limit(prompt);
  return Object.entries(recovered)
    .filter(([, milliseconds]) => milliseconds > limit)
    .map(([what, milliseconds]) => {
      const time = milliseconds === Infinity ? 'never' : `${Math.round(milliseconds)} ms`;
      return `the first good ${what} came ${time} ${after}, not within ${limit} ms`;
    });
}

/** For a table: the worst of several. */
export function worst(milliseconds: readonly number[]): string {
  return `${Math.round(Math.max(...milliseconds))} ms`;
}

/** @returns when somebody who looks was first answered well */
export function firstRead({ service, products: [product] }: StoreInUse): Promise<number> {
  return firstGood(() => fetch(`${service.url}/v1/products/${product}`, { signal: soon() }));
}

/** @returns when somebody who orders was first answered well */
function firstOrder({ home, service, products: [productId] }: StoreInUse): Promise<number> {
  const authorization = home.issuer.authorization();
  return firstGood(() =>
    fetch(`${service.url}/v1/orders`, {
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ lines: [{ productId, quantity: 1 }] }),
      signal: soon(),
    }),
  );
}

/** Asked anew all the time, so that no question waits for another. */
async function firstGood(ask: () => Promise<Response>): Promise<number> {
  const good: number[] = [];
  const askOnce = async () => {
    const { ok, body } = await ask();
    if (ok) good.push(performance.now());
    await body?.cancel();
  };
  const deadline = performance.now() + PATIENCE;
  while (good.length === 0 && performance.now() < deadline) {
    askOnce().catch(() => undefined);
    await wait(PAUSE);
  }
  return good[0] ?? Infinity;
}

function soon(): AbortSignal {
  return AbortSignal.timeout(PATIENCE);
}

/** Until nobody listens there any more. */
export async function untilDown(databaseUrl: string, signal: AbortSignal): Promise<void> {
  while (!isRefused(await whyNoConnection(databaseUrl, signal))) await wait(PAUSE);
}

function isRefused(error: unknown): boolean {
  return isError(error) && 'code' in error && error.code === 'ECONNREFUSED';
}

/** @returns when the server first took a connection */
export async function whenAccepting(databaseUrl: string, signal: AbortSignal): Promise<number> {
  while ((await whyNoConnection(databaseUrl, signal)) !== undefined) await wait(PAUSE);
  return performance.now();
}

/** @returns why the server takes no connection; undefined when it does */
async function whyNoConnection(databaseUrl: string, signal: AbortSignal): Promise<unknown> {
  signal.throwIfAborted();
  const client = new Client(databaseUrl);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
