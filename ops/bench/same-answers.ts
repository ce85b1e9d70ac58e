/** Speed is compared only between servers that do the same: this asks them, and looks at the rows. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Client } from 'pg';
import { customerId, modelName, productId } from './rows.ts';
import { connected } from '../../service/testing/template-database.ts';

export interface Answering {
  readonly name: string;
  readonly url: string;
}

interface Ground {
  /** Of the database that all of them work on, after `fill`. */
  readonly databaseUrl: string;
  /** `Bearer …` of the customer with this id. */
  readonly authorization: (sub: string) => string;
}

/**
 * Asks the store and each peer for all that is measured, and for what all refuse. Statuses, bytes
 * of the bodies and what they say are the same, but for what is new with each order.
 * @throws Error with every difference
 */
export async function checkSameAnswers(
  store: Answering,
  peers: readonly Answering[],
  ground: Ground,
): Promise<void> {
  await connected(ground.databaseUrl, async (client) => {
    const differences = await compare(store, peers, { questions: questions(ground), client });
    if (differences.length > 0) throw new Error(differences.join('\n'));
  });
}

async function compare(
  store: Answering,
  peers: readonly Answering[],
  { questions: asked, client }: { questions: readonly Question[]; client: Client },
): Promise<string[]> {
  const differences: string[] = [];
  for (const question of asked) {
    const expected = await ask(store, question, client);
    if (expected.status < 300 === (question.refused === true)) {
      differences.push(`${store.name}, ${question.name}: status ${expected.status}`);
    }
    for (const peer of peers) {
      const difference = differenceBetween(expected, await ask(peer, question, client));
      if (difference === undefined) continue;
      differences.push(`${peer.name}, ${question.name}: ${difference}, unlike ${store.name}`);
    }
  }
  return differences;
}

interface Question {
  readonly name: string;
  readonly path: string;
  readonly init?: () => RequestInit;
  /** Only the status counts: the words of an error are each server's own. */
  readonly refused?: true;
}

function questions({ authorization }: Ground): Question[] {
  const reader = { headers: { authorization: authorization(customerId(1)) } };
  return [
    { name: 'product by id', path: `/v1/products/${productId(3)}` },
    { name: 'list', path: '/v1/products' },
    { name: 'search', path: `/v1/products?q=${modelName(1)}` },
    { name: 'own orders', path: '/v1/orders', init: () => reader },
    { name: 'no such product', path: `/v1/products/${productId(0)}`, refused: true },
    { name: 'orders without a token', path: '/v1/orders', refused: true },
    // After the questions that would see what it changes.
    { name: 'place an order', path: '/v1/orders', init: () => anOrder(authorization) },
  ];
}

function anOrder(authorization: Ground['authorization']): RequestInit {
  return {
    method: 'POST',
    headers: {
      authorization: authorization(customerId(2)),
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({
      lines: [
        { productId: productId(2), quantity: 2 },
        { productId: productId(1), quantity: 1 },
      ],
    }),
  };
}

export interface Answer {
  readonly status: number;
  /** Of the body as it was sent. */
  readonly bytes: number;
  readonly body: unknown;
}

async function ask({ url }: Answering, question: Question, client: Client): Promise<Answer> {
  const request = question.init?.() ?? {};
  const { status, text } = await send(`${url}${question.path}`, request);
  if (question.refused === true) return { status, bytes: 0, body: undefined };
  const body = parsed(text);
  const answer = { status, bytes: Buffer.byteLength(text), body };
  if (request.method !== 'POST' || status !== 201) return answer;
  const { text: repeated } = await send(`${url}${question.path}`, request);
  const rows = await rowsOf(body as Placed, client);
  const lasting: unknown = JSON.parse(text, (name, value: unknown) =>
    OF_THE_MOMENT.has(name) ? typeof value : value,
  );
  return { ...answer, body: { order: lasting, repeatedTheSame: repeated === text, rows } };
}

/** Members that are new with each order. */
const OF_THE_MOMENT = new Set(['id', 'number', 'placedAt', 'updatedAt', 'at']);

/** Milliseconds. */
const PATIENCE = 10_000;

async function send(url: string, request: RequestInit): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(PATIENCE) });
  return { status: response.status, text: await response.text() };
}

/** The text itself where it is no JSON: a difference like any other. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

interface Placed {
  readonly id: string;
  readonly number: number;
}

/** What an order wrote. */
async function rowsOf({ id, number }: Placed, client: Client): Promise<unknown> {
  const { rows } = await client.query(
    `SELECT (SELECT total_amount FROM orders WHERE id = $1) AS total,
       (SELECT array_agg(position || ' ' || quantity ORDER BY position)
        FROM order_lines WHERE order_id = $1) AS lines,
       (SELECT array_agg(status) FROM order_history WHERE order_id = $1) AS history,
       (SELECT array_agg(quantity ORDER BY quantity)
        FROM stock_changes WHERE reason = $2) AS ledger,
       (SELECT array_agg(status) FROM idempotency_keys WHERE answer->>'id' = $1::text) AS answers,
       (SELECT bool_and(p.stock = (SELECT sum(quantity) FROM stock_changes
                                   WHERE product_id = p.id))
        FROM products p JOIN order_lines l ON l.product_id = p.id
        WHERE l.order_id = $1) AS "ledgerIsRight"`,
    [id, `order ${number} placed`],
  );
  return rows[0];
}

/** The first thing in which an answer is not the one expected. */
export function differenceBetween(expected: Answer, actual: Answer): string | undefined {
  if (actual.status !== expected.status) return `status ${actual.status}, not ${expected.status}`;
  const difference = firstDifference(expected.body, actual.body);
  if (difference !== undefined) return inWords(difference);
  if (actual.bytes === expected.bytes) return undefined;
  return `${actual.bytes} bytes, not ${expected.bytes}, that say the same`;
}

interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

function firstDifference(expected: unknown, actual: unknown, path = ''): Difference | undefined {
  if (isDeepStrictEqual(expected, actual)) return undefined;
  const here = { path, expected, actual };
  if (!isObject(expected) || !isObject(actual)) return here;
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  for (const name of names) {
    const found = firstDifference(expected[name], actual[name], `${path}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object';
}

function inWords({ path, expected, actual }: Difference): string {
  return `${path || '/'} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
}
