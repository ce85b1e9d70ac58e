import { connected } from '../testing/template-database.ts';
import { makeProduct, readProduct } from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import { untilSomebodyWaits } from '../testing/waiting.ts';

// Real clients over real sockets, all at once.
let store: TestStore;
let url: string;
beforeAll(async () => {
  store = await startTestStore();
  url = await store.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => store.close());

async function post(path: string, headers: Record<string, string>, body: object) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

function count(statuses: number[]): Record<number, number> {
  return Object.fromEntries(
    [...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length]),
  );
}

async function ledgerSum(productId: string): Promise<number> {
  const { rows } = await connected(store.database.ownerUrl, (client) =>
    client.query<{ sum: number }>(
      'SELECT sum(quantity)::int AS sum FROM stock_changes WHERE product_id = $1',
      [productId],
    ),
  );
  return rows[0]?.sum ?? 0;
}

test('40 buyers of the last 10 pieces: 10 are sold, none twice', async () => {
  const { id: productId } = await makeProduct(store, { stock: 10 });

  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => {
      const { authorization } = store.newCustomer();
      const headers = { authorization, 'idempotency-key': `buyer-${index}` };
      return post('/v1/orders', headers, { lines: [{ productId, quantity: 1 }] });
    }),
  );

  expect(count(answers.map(({ status }) => status))).toEqual({ 201: 10, 409: 30 });
  const refusals = answers.filter(({ status }) => status === 409);
  const codes = refusals.map(({ text }) => (JSON.parse(text) as { code: string }).code);
  expect(new Set(codes)).toEqual(new Set(['OUT_OF_STOCK']));
  expect((await readProduct(store, productId)).stock).toBe(0);
  expect(await ledgerSum(productId)).toBe(0);
});

test('20 clients with the same key: one order', async () => {
  const { id: productId } = await makeProduct(store, { stock: 100 });
  const { authorization } = store.newCustomer();
  const headers = { authorization, 'idempotency-key': 'the-same' };

  const order = () => post('/v1/orders', headers, { lines: [{ productId, quantity: 1 }] });
  const answers = await Promise.all(Array.from({ length: 20 }, order));
  const last = await order();

  const placed = answers.filter(({ status }) => status === 201);
  const told = answers.filter(({ status }) => status !== 201);
  expect(placed.length).toBeGreaterThan(0);
  expect(new Set([...placed, last].map(({ text }) => text)).size).toBe(1);
  for (const { text } of told) {
    expect(JSON.parse(text)).toMatchObject({ code: 'IDEMPOTENCY_KEY_IN_USE' });
  }
  expect((await readProduct(store, productId)).stock).toBe(99);
});

test('30 writers with If-Match: as many changes as were told so', async () => {
  const { id, version } = await makeProduct(store);

  const statuses = await Promise.all(
    Array.from({ length: 30 }, async (_, index) => {
      const response = await fetch(`${url}/v1/products/${id}`, {
        method: 'PATCH',
        headers: {
          authorization: store.admin,
          'if-match': `"${version}"`,
          'content-type': 'application/merge-patch+json',
        },
        body: JSON.stringify({ name: `Writer ${index}` }),
      });
      return response.status;
    }),
  );

  expect(count(statuses)).toEqual({ 200: 1, 412: 29 });
  expect((await readProduct(store, id)).version).toBe(version + 1);
});

test('orders of many lines in opposite orders do not wait for each other in a circle', async () => {
  const products = await Promise.all([1, 2, 3, 4].map(() => makeProduct(store, { stock: 1000 })));
  const ids = products.map(({ id }) => id);

  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => {
      const { authorization } = store.newCustomer();
      const headers = { authorization, 'idempotency-key': `many-${index}` };
      const sorted = index % 2 === 0 ? ids : ids.toReversed();
      const lines = sorted.map((productId) => ({ productId, quantity: 2 }));
      return post('/v1/orders', headers, { lines });
    }),
  );

  expect(count(answers.map(({ status }) => status))).toEqual({ 201: 40 });
  for (const id of ids) expect(await ledgerSum(id)).toBe(1000 - 80);
});

test('orders that wait while stock comes in are placed or refused, never broken', async () => {
  const { id: productId } = await makeProduct(store, { stock: 1 });
  const order = (index: number) => {
    const { authorization } = store.newCustomer();
    const headers = { authorization, 'idempotency-key': `restocked-${index}` };
    return post('/v1/orders', headers, { lines: [{ productId, quantity: 2 }] });
  };
  const restock = () =>
    post(
      `/v1/products/${productId}/stock-changes`,
      { authorization: store.admin },
      { quantity: 3, reason: 'delivery' },
    );

  const work = Array.from({ length: 60 }, (_, index) =>
    index % 3 === 0 ? restock() : order(index),
  );
  const statuses = (await Promise.all(work)).map(({ status }) => status);

  expect(statuses.filter((status) => ![201, 409].includes(status))).toEqual([]);
  expect((await readProduct(store, productId)).stock).toBe(await ledgerSum(productId));
});

test('an order that waited for a delivery takes from what there is then', async () => {
  const { id: productId } = await makeProduct(store, { stock: 1 });
  const { authorization } = store.newCustomer();
  const headers = { authorization, 'idempotency-key': 'patient' };

  const answer = await connected(store.database.superuserUrl, async (client) => {
    await client.query('BEGIN');
    await client.query('UPDATE products SET stock = 6 WHERE id = $1', [productId]);
    const waiting = post('/v1/orders', headers, { lines: [{ productId, quantity: 2 }] });
    await untilSomebodyWaits(store.database.superuserUrl);
    await client.query('COMMIT');
    return waiting;
  });

  expect(answer.status).toBe(201);
  expect((await readProduct(store, productId)).stock).toBe(4);
});
