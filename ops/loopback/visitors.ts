/**
 * A small steady load of everything that customers do, whose every answer is written down. What a
 * drill breaks meanwhile shows in the visits; what customers were told must be in the database.
 *
 *     const products = await fillShelves(home.databaseUrl);
 *     const visitors = startVisitors({ home, url: service.url, products, signal });
 *     … break something, look at `visitors.visits` …
 *     await visitors.leave();
 *     broken.push(...(await wrongInBooks(home.databaseUrl, visitors)));
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { Home } from './home.ts';

type Operation = 'product' | 'list' | 'search' | 'own orders' | 'order';

/** A request that was answered, well or not. */
export interface Visit {
  readonly operation: Operation;
  /** When it was sent, by `performance.now()`. */
  readonly at: number;
  readonly milliseconds: number;
  readonly status: number;
  readonly contentType: string | null;
  /** Seconds, as the header says it. */
  readonly retryAfter: string | null;
  /** Of an answer that is a problem. */
  readonly code?: string;
  /** Of an order: a new one for each, the same again until it is answered for good. */
  readonly key?: string;
  /** Of an order that was confirmed. */
  readonly orderId?: string;
}

/** A request without an answer: the connection was refused or cut, or nothing came. */
interface Cut {
  readonly operation: Operation;
  readonly at: number;
  readonly reason: string;
}

export interface Visitors {
  /** Both grow while the visitors are there. */
  readonly visits: readonly Visit[];
  readonly cuts: readonly Cut[];
  /** One for each client. */
  readonly customers: readonly string[];
  /** Resolves when the last answer came. */
  leave(): Promise<void>;
}

interface Options {
  readonly home: Pick<Home, 'issuer'>;
  /** Of the service, or of what stands before it. */
  readonly url: string;
  readonly products: readonly string[];
  /** Ends the visit, as `leave` does. */
  readonly signal: AbortSignal;
  /** Each asks one thing at a time, over a connection that is kept. @default 10 */
  readonly clients?: number;
  /** Milliseconds between an answer and the client's next request. @default 10 */
  readonly rest?: number;
}

export function startVisitors(options: Options): Visitors {
  const visits: Visit[] = [];
  const cuts: Cut[] = [];
  const customers = Array.from({ length: options.clients ?? 10 }, () => uuidv7());
  const left = new AbortController();
  const end = AbortSignal.any([options.signal, left.signal]);
  const visiting = Promise.all(
    customers.map((customer) => visit(customer, options, { end, visits, cuts })),
  );
  return {
    visits,
    cuts,
    customers,
    async leave() {
      left.abort();
      await visiting;
    },
  };
}

/** How often each is asked for: people look more than they buy. */
const MIX: readonly Operation[] = [
  ...Array<Operation>(5).fill('product'),
  ...Array<Operation>(2).fill('order'),
  'list',
  'search',
  'own orders',
];

async function visit(
  customer: string,
  { home, url, products, rest = 10 }: Options,
  { end, visits, cuts }: { end: AbortSignal; visits: Visit[]; cuts: Cut[] },
): Promise<void> {
  const authorization = home.issuer.authorization(customer);
  let order = newOrder(products);
  while (!end.aborted) {
    const operation = oneOf(MIX);
    const at = performance.now();
    try {
      const answer = await ask(url + pathOf(operation, oneOf(products)), {
        ...(operation === 'order' ? order : {}),
        headers: { authorization, ...(operation === 'order' && order.headers) },
      });
      const key = operation === 'order' ? { key: order.headers['idempotency-key'] } : {};
      visits.push({ operation, at, milliseconds: performance.now() - at, ...answer, ...key });
      if (operation === 'order' && isFinal(answer)) order = newOrder(products);
    } catch (error) {
      const { cause = error } = error as Error;
      cuts.push({ operation, at, reason: String(cause) });
    }
    await pause(rest, undefined, { signal: end }).catch(() => undefined);
  }
}

function newOrder(products: readonly string[]) {
  const [first, second] = [oneOf(products), oneOf(products)];
  const lines = [...new Set([first, second])].map((productId) => ({ productId, quantity: 1 }));
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ lines }),
  };
}

function oneOf<Item>(items: readonly Item[]): Item {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to choose from');
  return item;
}

function pathOf(operation: Operation, product: string): string {
  if (operation === 'product') return `/v1/products/${product}`;
  if (operation === 'list') return '/v1/products';
  if (operation === 'search') return '/v1/products?q=piece';
  return '/v1/orders';
}

/** Milliseconds after which an answer does not count as one; handlers are given 30 s. */
const PATIENCE = 35_000;

async function ask(url: string, request: RequestInit) {
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(PATIENCE) });
  const { status, headers } = response;
  const text = await response.text();
  const { code, id } = status === 200 ? {} : readBody(text);
  return {
    status,
    contentType: headers.get('content-type'),
    retryAfter: headers.get('retry-after'),
    ...(status >= 400 && code !== undefined && { code }),
    ...(status === 201 && id !== undefined && { orderId: id }),
  };
}

/** Also of what is no JSON: the drill will say that it is not what was promised. */
function readBody(text: string): { code?: string; id?: string } {
  try {
    return JSON.parse(text) as { code?: string; id?: string };
  } catch {
    return {};
  }
}

/** Anything else is to be sent again with the same key. */
function isFinal({ status, code }: { status: number; code?: string }): boolean {
  return status < 500 && status !== 429 && code !== 'IDEMPOTENCY_KEY_IN_USE';
}
