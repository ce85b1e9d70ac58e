/**
 * A process of its own: many connections that ask again at once, refused or not. What to do comes
 * as a message, what came of it goes back as one.
 */
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';

export interface Errand {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly products: readonly string[];
  /** One `Bearer …` for each customer. */
  readonly customers: readonly string[];
}

export interface Crowded {
  /** Answers to what was asked, a second. */
  readonly goodPerSecond: number;
  /** Milliseconds, of the good ones only. */
  readonly p99: number;
  /** By problem code: 429 and 503 that say what happened and when to come again. */
  readonly refused: Readonly<Record<string, number>>;
  /** Anything else that is no good answer: what, and how often. */
  readonly wrong: Readonly<Record<string, number>>;
}

process.once('message', (errand: Errand) => {
  void gather(errand).then((crowded) => process.send?.(crowded, () => process.disconnect()));
});

/** Seconds without an answer until a connection is given up; longer than a handler may take. */
const PATIENCE = 35;

async function gather({ url, connections, seconds, ...shop }: Errand): Promise<Crowded> {
  const refused = new Map<string, number>();
  const wrong = new Map<string, number>();
  const good: number[] = [];
  const { promise, resolve } = Promise.withResolvers<autocannon.Result>();
  const load = autocannon(
    {
      url,
      connections,
      duration: seconds,
      timeout: PATIENCE,
      // Each in an order of its own, else all would ask for the same at the same time.
      setupClient: (client) => client.setRequests(shuffled(wishes(shop, { refused, wrong }))),
    },
    (_error, result) => resolve(result),
  );
  let answered = 0;
  load.on('response', (_client, status, _bytes, milliseconds) => {
    answered += 1;
    if (status < 300) good.push(milliseconds);
  });
  const { requests, duration } = await promise;
  // Each connection waits for one answer when the time is over.
  const unanswered = requests.sent - answered - connections;
  if (unanswered > 0) wrong.set('requests without an answer', unanswered);
  good.sort((one, other) => one - other);
  return {
    goodPerSecond: good.length / duration,
    p99: quantile(good, 0.99),
    refused: Object.fromEntries(refused),
    wrong: Object.fromEntries(wrong),
  };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}

interface Tally {
  readonly refused: Map<string, number>;
  readonly wrong: Map<string, number>;
}

/** What a customer does ten times: look at five things, list, search, own orders, two orders. */
function wishes(
  { products, customers }: Pick<Errand, 'products' | 'customers'>,
  tally: Tally,
): autocannon.Request[] {
  const authorization = oneOf(customers);
  const onResponse = judgeInto(tally);
  const get = (path: string, headers = {}): autocannon.Request => ({ path, headers, onResponse });
  const order = (): autocannon.Request => ({
    method: 'POST',
    path: '/v1/orders',
    onResponse,
    setupRequest: (request) => ({
      ...request,
      headers: {
        authorization,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ lines: [{ productId: oneOf(products), quantity: 1 }] }),
    }),
  });
  return [
    ...Array.from({ length: 5 }, () => get(`/v1/products/${oneOf(products)}`)),
    get('/v1/products'),
    get('/v1/products?q=piece'),
    get('/v1/orders', { authorization }),
    order(),
    order(),
  ];
}

function judgeInto({ refused, wrong }: Tally) {
  return (
    status: number,
    body: string,
    _context: object,
    headers: Record<string, unknown> = {},
  ): void => {
    if (status < 300) return;
    const fault = faultOf(status, headers);
    if (fault !== undefined) add(wrong, fault);
    else add(refused, (JSON.parse(body) as { code: string }).code);
  };
}

function add(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

/** What is wrong about being refused like that. */
function faultOf(status: number, headers: Record<string, unknown>): string | undefined {
  const type = String(headers['content-type']);
  if (status !== 503 && status !== 429) return `answers ${status}`;
  if (!type.startsWith('application/problem+json')) return `answers ${status} as ${type}`;
  if (!(Number(headers['retry-after']) >= 1)) return `answers ${status} without Retry-After`;
  return undefined;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

function oneOf<Item>(items: readonly Item[]): Item {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to choose from');
  return item;
}
