/** That every refusal is a problem with its members is checked by `call`, for each answer. */
import { randomUUID } from 'node:crypto';
import { call } from './client.ts';
import { ANY_VERSION, useFixture } from './fixture.ts';

const store = useFixture();

const MEBIBYTE = 1024 * 1024;

/** A JSON text of that many bytes. */
function jsonOfBytes(bytes: number): string {
  return `"${'x'.repeat(bytes - 2)}"`;
}

test.each([
  ['GET', '/v1/nothing'],
  ['GET', '/v2/products'],
  ['PUT', '/v1/products'],
  ['DELETE', '/v1/orders'],
] as const)('%s %s is no route', async (method, path) => {
  expect(await call(method, path)).toMatchObject({
    status: 404,
    json: { code: 'ROUTE_NOT_FOUND' },
  });
});

test.each([
  ['cut off', '{"sku": "x'],
  ['not JSON', 'sku=x'],
  ['not UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ['poisoned', '{"__proto__": {"admin": true}}'],
])('a body that is %s is refused', async (_, body) => {
  const answer = await call('POST', '/v1/products', { as: await store.admin(), body });

  expect(answer).toMatchObject({ status: 400 });
});

test('a body that is not JSON is told from one that is not valid', async () => {
  const as = await store.admin();

  const broken = await call('POST', '/v1/products', { as, body: '{' });
  const wrong = await call('POST', '/v1/products', { as, body: '[]' });

  expect(broken.json).toMatchObject({ code: 'INVALID_JSON' });
  expect(wrong.json).toMatchObject({ code: 'VALIDATION_FAILED' });
});

test.each([
  ['nothing at all', {}],
  ['nothing, called JSON', { headers: { 'content-type': 'application/json' } }],
])('where a body is needed, %s is refused', async (_, request) => {
  const answer = await call('POST', '/v1/products', { as: await store.admin(), ...request });

  expect(answer).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } });
});

test.each([
  ['POST', '/v1/products', 'text/plain'],
  ['POST', '/v1/products', 'application/x-www-form-urlencoded'],
  ['POST', '/v1/products', 'application/xml'],
  ['POST', '/v1/products', 'application/merge-patch+json'],
  ['PATCH', `/v1/products/${randomUUID()}`, 'application/json-patch+json'],
] as const)('%s %s with a body of %s is refused', async (method, path, type) => {
  const answer = await call(method, path, {
    as: await store.admin(),
    headers: { ...ANY_VERSION, 'content-type': type },
    body: '{}',
  });

  expect(answer).toMatchObject({ status: 415, json: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
});

test('a body of 1 MiB is read, one byte more is too large', async () => {
  const as = await store.admin();

  const largest = await call('POST', '/v1/products', { as, body: jsonOfBytes(MEBIBYTE) });
  const tooLarge = await call('POST', '/v1/products', { as, body: jsonOfBytes(MEBIBYTE + 1) });

  expect(largest).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } });
  expect(tooLarge).toMatchObject({ status: 413, json: { code: 'BODY_TOO_LARGE' } });
});

test('who sends far too much is told so, not cut off', async () => {
  const as = await store.admin();
  const body = jsonOfBytes(4 * MEBIBYTE);

  // More than one, as a connection that is cut off too early only often loses the answer.
  const statuses: number[] = [];
  for (let count = 0; count < 4; count += 1) {
    statuses.push((await call('POST', '/v1/products', { as, body })).status);
  }

  expect(statuses).toEqual([413, 413, 413, 413]);
});

test('the request id of the caller comes back', async () => {
  const requestId = `test ${randomUUID()} ~!`;

  const found = await call('GET', '/v1/products?limit=1', {
    headers: { 'x-request-id': requestId },
  });
  const refused = await call('GET', '/v1/orders', { headers: { 'x-request-id': requestId } });

  expect(found.headers['x-request-id']).toBe(requestId);
  expect(refused).toMatchObject({ status: 401, json: { requestId } });
});

test.each([
  ['too long', 'x'.repeat(129)],
  ['not ASCII', 'größe'],
  ['absent', undefined],
])('a request id that is %s is replaced by a new one', async (_, requestId) => {
  const headers = requestId === undefined ? {} : { 'x-request-id': requestId };

  const answers = [
    await call('GET', '/v1/products?limit=1', { headers }),
    await call('GET', '/v1/products?limit=1', { headers }),
  ];

  const [first, second] = answers.map((answer) => answer.headers['x-request-id']);
  expect(first).not.toBe(requestId);
  expect(second).not.toBe(first);
});

test('nothing that is refused is kept by a cache', async () => {
  const answers = [
    await call('GET', '/v1/nothing'),
    await call('GET', '/v1/orders'),
    await call('GET', `/v1/products/${randomUUID()}`),
    await call('GET', '/v1/products?limit=0'),
  ];

  expect(answers.map(({ headers }) => headers['cache-control'])).toEqual(
    answers.map(() => 'no-store'),
  );
});

test('refusals come in the order of the contract', async () => {
  const [customer, admin] = [await store.newCustomer(), await store.admin()];
  const type = { 'content-type': 'text/plain' };
  const order = `/v1/orders/${randomUUID()}`;
  const unknown = { lines: [{ productId: randomUUID(), quantity: 1 }] };

  const refusals = [
    await call('POST', '/v1/nothing', { as: { authorization: 'Bearer x' }, body: '{' }),
    await call('POST', '/v1/products', { body: '{' }),
    await call('POST', '/v1/products', { as: customer, headers: type, body: '{' }),
    await call('POST', '/v1/products', { as: admin, headers: type, body: '{' }),
    await call('POST', '/v1/orders', { as: customer, body: { lines: [] } }),
    await call('POST', '/v1/orders', { as: customer, body: unknown }),
    await call('PATCH', order, { as: customer, body: { colour: 'blue' } }),
    await call('PATCH', order, { as: customer, body: { note: 'x' } }),
  ];

  expect(refusals.map(({ json }) => (json as { code: string }).code)).toEqual([
    'ROUTE_NOT_FOUND',
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'UNSUPPORTED_MEDIA_TYPE',
    'VALIDATION_FAILED',
    'IDEMPOTENCY_KEY_REQUIRED',
    'VALIDATION_FAILED',
    'ORDER_NOT_FOUND',
  ]);
});

test('a precondition is looked at before the state', async () => {
  const product = await store.addProduct({ stock: 1 });
  const customer = await store.newCustomer();
  const order = await store.placeOrder(customer, [product]);
  await store.advance(order, 'cancel');

  const answer = await call('PATCH', `/v1/orders/${order.id}`, {
    as: customer,
    body: { note: 'x' },
  });

  expect(answer).toMatchObject({ status: 428, json: { code: 'PRECONDITION_REQUIRED' } });
});
