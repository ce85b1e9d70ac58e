/** Sends harmful texts to every place that takes text, and looks for what they may have done. */
import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { connected } from '../../../service/testing/template-database.ts';
import type { Home } from '../../loopback/home.ts';
import { fillShelves } from '../../loopback/shelves.ts';
import type { Ground } from '../drill.ts';
import { differences, rowCounts, schemaOf } from './fingerprint.ts';
import { probeRequest, type Things } from './probe-request.ts';
import { PROBES, READ_AS_SQL } from './probes.ts';
import { type Document, type TextInput, textInputs } from './text-inputs.ts';

export interface Injection {
  readonly inputs: number;
  readonly sent: number;
  /** Answered 2xx: the text was let in. */
  readonly accepted: number;
  readonly broken: readonly string[];
}

interface Place extends Pick<Ground, 'signal'> {
  readonly home: Home;
  readonly url: string;
  /** 1 tries every text everywhere, n every nth, beginning with another one each time. */
  readonly every: number;
}

/** Rows that an accepted request adds, by operation; the others add none. */
const ADDED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'POST /v1/products': { products: 1 },
  'POST /v1/products/{id}/stock-changes': { stock_changes: 1 },
  'POST /v1/orders': {
    orders: 1,
    order_lines: 1,
    order_history: 1,
    stock_changes: 1,
    idempotency_keys: 1,
  },
  'POST /v1/api-keys': { api_keys: 1 },
};

export async function inject({ home, url, every, signal }: Place): Promise<Injection> {
  const { things, bystanders } = await furnish(home, url);
  const inputs = textInputs((await (await fetch(`${url}/openapi.json`)).json()) as Document);
  return connected(home.databaseUrl, async (superuser) => {
    const look = async () => ({
      schema: await schemaOf(superuser),
      rows: await rowCounts(superuser),
      bystanders: await rowsOf(superuser, bystanders),
    });
    const before = await look();
    const expected = { ...before.rows };
    const broken: string[] = [];
    let sent = 0;
    let accepted = 0;
    for (const [turn, input] of inputs.entries()) {
      for (const text of PROBES.filter((_, index) => (index + turn) % every === 0)) {
        signal.throwIfAborted();
        const request = probeRequest(url, { input, text, things });
        if (request === undefined) continue;
        const answer = await ask(request);
        sent += 1;
        broken.push(...wrongIn(answer, input, text));
        if (!answer.isNew) continue;
        accepted += 1;
        for (const [table, count] of Object.entries(ADDED[input.operation] ?? {})) {
          expected[table] = (expected[table] ?? 0) + count;
        }
      }
    }
    const after = await look();
    const changed = [
      ...differences(before.schema, after.schema).map((name) => `${name} changed`),
      ...differences(expected, after.rows).map(
        (table) => `${table} has ${after.rows[table]} rows, not ${expected[table]}`,
      ),
      ...differences(before.bystanders, after.bystanders).map(
        (table) => `rows of ${table} changed that nobody asked for`,
      ),
    ];
    return { inputs: inputs.length, sent, accepted, broken: [...broken, ...changed] };
  });
}

interface Answer {
  readonly status: number;
  readonly text: string;
  /** 2xx, and not a repetition of an answer of before. */
  readonly isNew: boolean;
}

async function ask(request: Request): Promise<Answer> {
  const response = await fetch(request);
  const { ok, status, headers } = response;
  const isNew = ok && !headers.has('idempotent-replayed');
  return { status, text: await response.text(), isNew };
}

function wrongIn(
  { status, text: answer, isNew }: Answer,
  input: TextInput,
  text: string,
): string[] {
  const { operation, place, name } = input;
  const tried = `${JSON.stringify(text)} as ${place} ${name.join('.')} of ${operation}`;
  // Whatever was let in through a body is in the answer as it was sent.
  const isKept = place !== 'body' || answer.includes(JSON.stringify(text));
  return [
    ...(status >= 500 ? [`${tried} was answered with ${status}`] : []),
    ...(answer.includes(READ_AS_SQL) ? [`${tried} was read as SQL`] : []),
    ...(isNew && !isKept ? [`${tried} was not kept as it was sent`] : []),
  ];
}

type Bystanders = Readonly<Record<string, readonly string[]>>;

/** Two of each thing: one that requests are about, and one that nobody asks for. */
async function furnish(
  home: Home,
  url: string,
): Promise<{ things: Things; bystanders: Bystanders }> {
  const authorization = home.issuer.authorization(uuidv7(), ['admins']);
  const post = async (path: string, body: object) => {
    const headers = {
      authorization,
      'content-type': 'application/json',
      'idempotency-key': uuidv7(),
    };
    const response = await fetch(url + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!response.ok)
      throw new Error(`${path} answered ${response.status} ${await response.text()}`);
    return ((await response.json()) as { id: string }).id;
  };
  // An administrator's own profile is made when it is first looked at.
  await fetch(`${url}/v1/customers/me`, { headers: { authorization } });
  const products = await fillShelves(home.databaseUrl, { products: 2 });
  const [product = '', other = ''] = products;
  const [customer, stranger] = [uuidv7(), uuidv7()];
  const order = (productId: string, customerId: string) =>
    post('/v1/orders', { customerId, lines: [{ productId, quantity: 1 }] });
  const key = () => post('/v1/api-keys', { name: 'probed', scopes: ['orders:read'] });
  const things = {
    authorization,
    product,
    customer,
    order: await order(product, customer),
    apiKey: await key(),
  };
  const bystanders = {
    products: [other],
    customers: [stranger],
    orders: [await order(other, stranger)],
    api_keys: [await key()],
  };
  return { things, bystanders };
}

/** @returns a digest of these rows of each table */
async function rowsOf(superuser: Client, bystanders: Bystanders): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const [table, ids] of Object.entries(bystanders)) {
    const { rows } = await superuser.query(`SELECT t::text FROM ${table} t WHERE id = ANY ($1)`, [
      ids,
    ]);
    digests[table] = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  }
  return digests;
}
