import { randomUUID } from 'node:crypto';
import { call } from './client.ts';
import { ADDRESS, postOrder, useFixture } from './fixture.ts';

const store = useFixture();

async function newOrder(stock = 9) {
  const product = await store.addProduct({ stock });
  return { product, body: { lines: [{ productId: product.id, quantity: 1 }] } };
}

test('an order that is sent again is answered again byte for byte, and placed once', async () => {
  const { product, body } = await newOrder();
  const customer = await store.newCustomer();
  const key = randomUUID();
  const order = { ...body, shippingAddress: ADDRESS, note: 'Größe ☕' };

  const first = await postOrder(customer, order, key);
  const second = await postOrder(customer, order, key);
  const quoted = await postOrder(customer, order, `"${key}"`);

  const { location, etag, 'content-type': type } = first.headers;
  expect(first.status).toBe(201);
  expect(first.headers).not.toHaveProperty('idempotent-replayed');
  for (const replay of [second, quoted]) {
    expect(replay.text).toBe(first.text);
    expect(replay).toMatchObject({
      status: 201,
      headers: { location, etag, 'content-type': type, 'idempotent-replayed': 'true' },
    });
  }
  expect(await store.readProduct(product)).toMatchObject({ stock: 8 });
});

test('a replay shows the first answer, whatever became of the order', async () => {
  const { body } = await newOrder();
  const customer = await store.newCustomer();
  const key = randomUUID();
  const first = await postOrder(customer, body, key);
  await call('POST', `/v1/orders/${first.json.id}/cancel`, { as: customer });

  const second = await postOrder(customer, body, key);

  expect(second.text).toBe(first.text);
});

test('a refusal is answered again too', async () => {
  const { product, body } = await newOrder(0);
  const customer = await store.newCustomer();
  const key = randomUUID();
  const first = await postOrder(customer, body, key);
  await store.changeStock(product, 5);

  const second = await postOrder(customer, body, key);

  expect(first).toMatchObject({ status: 409, json: { code: 'OUT_OF_STOCK' } });
  expect(second).toMatchObject({ status: 409, headers: { 'idempotent-replayed': 'true' } });
  expect(second.text).toBe(first.text);
});

test('a key that was used for another order is refused', async () => {
  const { product, body } = await newOrder();
  const customer = await store.newCustomer();
  const key = randomUUID();
  await postOrder(customer, body, key);

  const answer = await postOrder(customer, { ...body, note: 'Another one' }, key);

  expect(answer).toMatchObject({ status: 422, json: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  expect(await store.readProduct(product)).toMatchObject({ stock: 8 });
});

test('an order that is not valid does not use its key up', async () => {
  const { body } = await newOrder();
  const customer = await store.newCustomer();
  const key = randomUUID();

  const refused = await postOrder(customer, { ...body, coupon: 'FREE' }, key);
  const corrected = await postOrder(customer, body, key);

  expect([refused.status, corrected.status]).toEqual([400, 201]);
});

test('a key belongs to whoever sends it: another customer may choose the same one', async () => {
  const { product, body } = await newOrder();
  const key = randomUUID();
  const [ada, bob] = [await store.newCustomer(), await store.newCustomer()];

  const answers = [await postOrder(ada, body, key), await postOrder(bob, body, key)];

  expect(answers).toMatchObject([
    { status: 201, json: { customerId: ada.id } },
    { status: 201, json: { customerId: bob.id } },
  ]);
  expect(await store.readProduct(product)).toMatchObject({ stock: 7 });
});

test('an order that is sent ten times at once is placed once', async () => {
  const { product, body } = await newOrder(10);
  const customer = await store.newCustomer();
  const key = randomUUID();

  const answers = await Promise.all(
    Array.from({ length: 10 }, () => postOrder(customer, body, key)),
  );

  const placed = answers.filter(({ status }) => status === 201);
  const waiting = answers.filter(({ status }) => status === 409);
  expect(new Set(placed.map(({ text }) => text)).size).toBe(1);
  expect(placed.length + waiting.length).toBe(10);
  for (const { json } of waiting) expect(json).toMatchObject({ code: 'IDEMPOTENCY_KEY_IN_USE' });
  expect(await store.readProduct(product)).toMatchObject({ stock: 9 });
});

test.each([
  ['no key', {}],
  ['an empty key', { 'idempotency-key': '' }],
  ['a key with a space', { 'idempotency-key': 'two words' }],
  ['a key that is too long', { 'idempotency-key': 'x'.repeat(256) }],
])('an order with %s is refused', async (_, headers) => {
  const { product, body } = await newOrder();

  const answer = await call('POST', '/v1/orders', { as: await store.newCustomer(), body, headers });

  expect(answer).toMatchObject({ status: 400, json: { code: 'IDEMPOTENCY_KEY_REQUIRED' } });
  expect(await store.readProduct(product)).toMatchObject({ stock: 9 });
});
