import { connected } from '../testing/template-database.ts';
import { untilSomebodyWaits } from '../testing/waiting.ts';
import { makeProduct, readProduct, requestOrder } from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

async function orderOf(stock: number, quantity: number) {
  const { id: productId } = await makeProduct(store, { stock });
  const { authorization } = store.newCustomer();
  return { authorization, key: 'the-key', lines: [{ productId, quantity }] as const };
}

function place(order: Parameters<typeof requestOrder>[1]) {
  return requestOrder(store, order);
}

test('a repeated order is answered byte for byte and placed once', async () => {
  const order = await orderOf(5, 2);

  const first = await place(order);
  const again = await place(order);

  expect(again.statusCode).toBe(201);
  expect(again.body).toBe(first.body);
  expect(again.headers).toMatchObject({
    'idempotent-replayed': 'true',
    location: first.headers['location'],
    etag: '"1"',
  });
  expect(first.headers['idempotent-replayed']).toBeUndefined();
  expect((await readProduct(store, order.lines[0].productId)).stock).toBe(3);
});

test('the first answer stays, whatever became of the order since', async () => {
  const order = await orderOf(5, 2);
  const first = await place(order);
  const { id } = first.json<{ id: string }>();
  const { authorization } = order;
  await store.request({
    method: 'POST',
    url: `/v1/orders/${id}/cancel`,
    headers: { authorization },
  });

  expect((await place(order)).body).toBe(first.body);
});

test('a refusal is repeated too, even when there is stock again', async () => {
  const order = await orderOf(1, 2);
  const first = await place(order);
  await store.request({
    method: 'POST',
    url: `/v1/products/${order.lines[0].productId}/stock-changes`,
    headers: { authorization: store.admin },
    body: { quantity: 10, reason: 'delivery' },
  });

  const again = await place(order);

  expect(first.json()).toMatchObject({ status: 409, code: 'OUT_OF_STOCK' });
  expect(again.body).toBe(first.body);
  expect(again.headers).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'idempotent-replayed': 'true',
  });
});

test('a key is for one body', async () => {
  const order = await orderOf(5, 2);
  await place(order);

  const other = await place({
    ...order,
    lines: [{ productId: order.lines[0].productId, quantity: 1 }],
  });

  expect(other.json()).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
});

test('the order of the members makes no other body', async () => {
  const { authorization, key, lines } = await orderOf(5, 1);
  const [{ productId }] = lines;
  const headers = { authorization, 'idempotency-key': key, 'content-type': 'application/json' };
  const post = (body: string) =>
    store.request({ method: 'POST', url: '/v1/orders', headers, body });

  const first = await post(`{"note":"a","lines":[{"productId":"${productId}","quantity":1}]}`);
  const again = await post(`{"lines":[{"quantity":1,"productId":"${productId}"}],"note":"a"}`);

  expect(first.statusCode).toBe(201);
  expect(again.body).toBe(first.body);
});

test('keys of different callers have nothing to do with each other', async () => {
  const order = await orderOf(5, 1);
  const first = await place(order);

  const other = await place({ ...order, authorization: store.newCustomer().authorization });

  expect(other.statusCode).toBe(201);
  expect(other.json<{ id: string }>().id).not.toBe(first.json<{ id: string }>().id);
});

test('a quoted key is the same key', async () => {
  const order = await orderOf(5, 1);
  const first = await place(order);

  expect((await place({ ...order, key: '"the-key"' })).body).toBe(first.body);
});

test.each([
  ['none', undefined],
  ['an empty one', ''],
  ['a blank inside', 'a b'],
  ['too long', 'x'.repeat(256)],
  ['nothing in quotes', '""'],
])('a key is required: %s', async (_, key) => {
  const { authorization, lines } = await orderOf(1, 1);
  const headers = { authorization, ...(key !== undefined && { 'idempotency-key': key }) };

  const body = { lines };
  const response = await store.request({ method: 'POST', url: '/v1/orders', headers, body });

  expect(response.json()).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_REQUIRED' });
});

test('a body that is not valid is told first, and not remembered', async () => {
  const order = await orderOf(5, 1);
  const wrong = await place({ ...order, lines: [] });

  expect(wrong.json()).toMatchObject({ code: 'VALIDATION_FAILED' });
  expect((await place(order)).statusCode).toBe(201);
});

test('while the first one runs, the second is told to wait', async () => {
  const order = await orderOf(5, 1);
  const { superuserUrl } = store.database;
  await connected(superuserUrl, async (client) => {
    await client.query('BEGIN');
    await client.query('SELECT FROM products WHERE id = $1 FOR UPDATE', [order.lines[0].productId]);
    const first = place(order);
    await untilSomebodyWaits(superuserUrl);

    const second = await place(order);
    await client.query('COMMIT');

    expect(second.json()).toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_IN_USE' });
    expect((await first).statusCode).toBe(201);
  });
  expect((await place(order)).headers['idempotent-replayed']).toBe('true');
});
