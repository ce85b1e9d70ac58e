import { randomUUID } from 'node:crypto';
import type { Page } from '../../service/http/page.ts';
import type { Order } from '../../service/orders/schemas.ts';
import { call, type Method } from './client.ts';
import { ANY_VERSION, useFixture } from './fixture.ts';
import { allPagesOf } from './pages.ts';
import type { Credential } from './people.ts';

const store = useFixture();

type Route = readonly [Method, string];
const id = randomUUID();

/** Of customers and admins. */
const PEOPLES_ROUTES: Route[] = [
  ['POST', '/v1/orders'],
  ['GET', '/v1/orders'],
  ['GET', `/v1/orders/${id}`],
  ['PATCH', `/v1/orders/${id}`],
  ['POST', `/v1/orders/${id}/cancel`],
  ['GET', '/v1/customers/me'],
  ['PUT', '/v1/customers/me'],
  ['DELETE', '/v1/customers/me'],
];
const STAFF_ROUTES: Route[] = [
  ['POST', '/v1/products'],
  ['PATCH', `/v1/products/${id}`],
  ['DELETE', `/v1/products/${id}`],
  ['GET', '/v1/products?archived=true'],
  ['POST', `/v1/products/${id}/stock-changes`],
  ['GET', `/v1/products/${id}/stock-changes`],
  ['POST', `/v1/orders/${id}/pay`],
  ['POST', `/v1/orders/${id}/ship`],
  ['POST', `/v1/orders/${id}/deliver`],
  ['POST', `/v1/orders/${id}/refund`],
  ['GET', '/v1/customers'],
  ['GET', `/v1/customers/${id}`],
  ['POST', '/v1/api-keys'],
  ['GET', '/v1/api-keys'],
  ['DELETE', `/v1/api-keys/${id}`],
];

const UNAUTHENTICATED = { status: 401, json: { code: 'UNAUTHENTICATED' } };
const FORBIDDEN = { status: 403, json: { code: 'FORBIDDEN' } };
const NO_ORDER = { status: 404, json: { code: 'ORDER_NOT_FOUND' } };

test.each([...PEOPLES_ROUTES, ...STAFF_ROUTES])(
  'nobody without a credential gets to %s %s',
  async (method, path) => {
    expect(await call(method, path)).toMatchObject(UNAUTHENTICATED);
  },
);

test.each(STAFF_ROUTES)('no customer gets to %s %s', async (method, path) => {
  const as = await store.newCustomer();

  expect(await call(method, path, { as })).toMatchObject(FORBIDDEN);
});

test.each([
  ['no scheme', 'secret'],
  ['another scheme', 'Basic YWRhOnNlY3JldA=='],
  ['no token', 'Bearer'],
  ['what is no token', 'Bearer secret'],
  ['a key that nobody made', `ApiKey store_${'x'.repeat(43)}`],
  ['a token without a signature', `Bearer ${unsigned({ sub: id, token_use: 'access' })}`],
])('a credential with %s is refused, on public routes too', async (_, authorization) => {
  const as = { authorization };

  expect(await call('GET', '/v1/orders', { as })).toMatchObject(UNAUTHENTICATED);
  expect(await call('GET', '/v1/products?limit=1', { as })).toMatchObject(UNAUTHENTICATED);
});

test('a token with another signature is refused', async () => {
  const [header, claims, signature] = partsOf(await store.newCustomer());
  const flipped = (signature[20] === 'A' ? 'B' : 'A') + signature.slice(21);

  const as = bearer(header, claims, signature.slice(0, 20) + flipped);

  expect(await call('GET', '/v1/orders', { as })).toMatchObject(UNAUTHENTICATED);
});

test('a customer who writes themselves into the group of admins is refused', async () => {
  const [header, claims, signature] = partsOf(await store.newCustomer());
  const told = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;

  const as = bearer(header, encode({ ...told, 'cognito:groups': ['admins'] }), signature);

  expect(await call('GET', '/v1/customers', { as })).toMatchObject(UNAUTHENTICATED);
});

const whereTokensExpire = store.people.newExpiredCustomer === undefined ? describe.skip : describe;
whereTokensExpire('with a token that has expired', () => {
  test('nobody gets in, to public routes neither', async () => {
    const as = await store.people.newExpiredCustomer?.();

    expect(await call('GET', '/v1/orders', { as })).toMatchObject(UNAUTHENTICATED);
    expect(await call('GET', '/v1/products?limit=1', { as })).toMatchObject(UNAUTHENTICATED);
  });
});

test("another customer's order does not exist, whatever is done with it", async () => {
  const product = await store.addProduct({ stock: 1 });
  const [owner, as] = [await store.newCustomer(), await store.newCustomer()];
  const order = await store.placeOrder(owner, [product]);
  const path = `/v1/orders/${order.id}`;

  const answers = [
    await call('GET', path, { as }),
    await call('PATCH', path, { as, headers: ANY_VERSION, body: { note: 'Mine' } }),
    await call('POST', `${path}/cancel`, { as }),
  ];

  expect(answers).toMatchObject([NO_ORDER, NO_ORDER, NO_ORDER]);
  expect((await call('GET', path, { as: owner })).json).toEqual(order);
});

test('customers list their own orders and nobody else’s', async () => {
  const product = await store.addProduct({ stock: 2 });
  const [ada, bob] = [await store.newCustomer(), await store.newCustomer()];
  const [adas, bobs] = [
    await store.placeOrder(ada, [product]),
    await store.placeOrder(bob, [product]),
  ];

  expect(await call('GET', '/v1/orders', { as: ada })).toMatchObject({ json: { items: [adas] } });
  expect(await call('GET', '/v1/orders', { as: bob })).toMatchObject({ json: { items: [bobs] } });
});

test('no customer asks for the orders of a customer, not even their own', async () => {
  const [ada, bob] = [await store.newCustomer(), await store.newCustomer()];

  for (const { id: customerId } of [ada, bob]) {
    const answer = await call('GET', `/v1/orders?customerId=${customerId}`, { as: ada });
    expect(answer).toMatchObject(FORBIDDEN);
  }
});

test('a cursor does not lead a customer into the orders of another', async () => {
  const product = await store.addProduct({ stock: 3 });
  const [ada, bob] = [await store.newCustomer(), await store.newCustomer()];
  for (const customer of [ada, ada, bob]) await store.placeOrder(customer, [product]);
  const { json } = await call<Page<Order>>('GET', '/v1/orders?limit=1', { as: ada });

  const answer = await call('GET', `/v1/orders?cursor=${json.nextCursor}`, { as: bob });

  expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_CURSOR' } });
});

test('an admin sees, changes and cancels the orders of every customer', async () => {
  const product = await store.addProduct({ stock: 1 });
  const [as, customer] = [await store.admin(), await store.newCustomer()];
  const order = await store.placeOrder(customer, [product]);
  const path = `/v1/orders/${order.id}`;

  const listed = await allPagesOf<Order>(`/v1/orders?customerId=${customer.id}`, as);
  const read = await call('GET', path, { as });
  const changed = await call('PATCH', path, { as, headers: ANY_VERSION, body: { note: 'Gift' } });
  const cancelled = await call('POST', `${path}/cancel`, { as });

  expect(listed.flat()).toEqual([order]);
  expect(read).toMatchObject({ status: 200, json: order });
  expect(changed).toMatchObject({ status: 200, json: { note: 'Gift' } });
  expect(cancelled).toMatchObject({ status: 200, json: { status: 'cancelled' } });
});

function partsOf({ authorization }: Credential): [string, string, string] {
  const [header = '', claims = '', signature = ''] = authorization.split(' ')[1]?.split('.') ?? [];
  return [header, claims, signature];
}

function bearer(...parts: string[]): Credential {
  return { authorization: `Bearer ${parts.join('.')}` };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function unsigned(claims: object): string {
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`;
}
