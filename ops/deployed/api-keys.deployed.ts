import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ApiKey } from '../../service/api-keys/schemas.ts';
import { call } from './client.ts';
import { postOrder, unique, useFixture } from './fixture.ts';
import { allPagesOf, pagesOf } from './pages.ts';
import type { Credential } from './people.ts';

const store = useFixture();

test('a key is shown once, when it is made', async () => {
  const made = await store.addApiKey(['orders:read']);

  let listed: ApiKey | undefined;
  for await (const page of pagesOf<ApiKey>('/v1/api-keys?limit=50', await store.admin())) {
    listed = page.find(({ id }) => id === made.id);
    if (listed !== undefined) break;
  }

  const { id, name, prefix, createdAt, key } = made;
  expect(key.startsWith(prefix)).toBe(true);
  expect(key.length).toBeGreaterThan(prefix.length + 20);
  expect(listed).toEqual({
    id,
    name,
    prefix,
    createdAt,
    scopes: ['orders:read'],
    expiresAt: null,
    lastUsedAt: null,
  });
});

test.each([
  ['without a name', { scopes: ['orders:read'] }, '/name'],
  ['without scopes', { name: 'warehouse' }, '/scopes'],
  ['with no scope', { name: 'warehouse', scopes: [] }, '/scopes'],
  ['with an unknown scope', { name: 'warehouse', scopes: ['everything'] }, '/scopes/0'],
  ['that has expired', expiring('2020-01-01T00:00:00.000Z'), '/expiresAt'],
  ['that expires some day', expiring('tomorrow'), '/expiresAt'],
  ['of their own choice', { ...expiring(), key: 'store_secret' }, '/key'],
])('a key %s is refused', async (_, body, pointer) => {
  const answer = await call('POST', '/v1/api-keys', { as: await store.admin(), body });

  expect(answer).toMatchObject({
    status: 400,
    json: { code: 'VALIDATION_FAILED', errors: [{ pointer }] },
  });
});

test('a machine with products:write makes products and moves stock', async () => {
  const as = await store.addApiKey(['products:write']);

  const made = await store.postProduct({}, as);
  const moved = await call('POST', `/v1/products/${made.json.id}/stock-changes`, {
    as,
    body: { quantity: 5, reason: 'delivery' },
  });

  expect(made).toMatchObject({ status: 201 });
  expect(moved).toMatchObject({ status: 201, json: { stock: 5 } });
});

test('a machine with orders:write orders for a customer and takes the order to its end', async () => {
  const product = await store.addProduct({ stock: 1 });
  const customer = await store.newCustomer();
  const machine = await store.addApiKey(['orders:write']);
  const lines = [{ productId: product.id, quantity: 1 }];

  const nobody = await postOrder(machine, { lines });
  const { json: order } = await postOrder(machine, { lines, customerId: customer.id });
  const statuses: number[] = [];
  for (const step of ['pay', 'ship', 'deliver']) {
    statuses.push((await call('POST', `/v1/orders/${order.id}/${step}`, { as: machine })).status);
  }

  expect(nobody).toMatchObject({ status: 400, json: { errors: [{ pointer: '/customerId' }] } });
  expect(statuses).toEqual([200, 200, 200]);
  const by = machine.id;
  expect(await call('GET', `/v1/orders/${order.id}`, { as: customer })).toMatchObject({
    status: 200,
    json: {
      customerId: customer.id,
      history: [{ by }, { by }, { by }, { status: 'delivered', by }],
    },
  });
});

test('a machine with orders:read reads the orders of every customer', async () => {
  const product = await store.addProduct({ stock: 2 });
  const customers = await store.newCustomers(2);
  const machine = await store.addApiKey(['orders:read']);

  for (const customer of customers) {
    const { id } = await store.placeOrder(customer, [product]);
    const path = `/v1/orders?customerId=${customer.id}`;
    const listed = (await allPagesOf<{ id: string }>(path, machine)).flat();
    const read = await call('GET', `/v1/orders/${id}`, { as: machine });

    expect(listed.map((order) => order.id)).toEqual([id]);
    expect(read).toMatchObject({ status: 200, json: { id, customerId: customer.id } });
  }
});

test('a machine may do nothing that its scopes do not name', async () => {
  const [reader, writer, stocker] = [
    await store.addApiKey(['orders:read']),
    await store.addApiKey(['orders:write']),
    await store.addApiKey(['products:write']),
  ];
  const id = randomUUID();
  const tries: [Credential, 'GET' | 'POST' | 'PATCH' | 'DELETE', string][] = [
    [reader, 'POST', '/v1/orders'],
    [reader, 'PATCH', `/v1/orders/${id}`],
    [reader, 'POST', `/v1/orders/${id}/cancel`],
    [reader, 'POST', `/v1/orders/${id}/pay`],
    [reader, 'POST', '/v1/products'],
    [writer, 'GET', '/v1/orders'],
    [writer, 'GET', `/v1/orders/${id}`],
    [writer, 'DELETE', `/v1/products/${id}`],
    [stocker, 'POST', '/v1/orders'],
    [stocker, 'GET', '/v1/orders'],
    [stocker, 'POST', `/v1/orders/${id}/refund`],
  ];

  const answers = await Promise.all(tries.map(([as, method, path]) => call(method, path, { as })));

  expect(answers).toMatchObject(tries.map(() => ({ status: 403, json: { code: 'FORBIDDEN' } })));
});

test('a machine with every scope is no person: neither profiles, customers nor keys', async () => {
  const as = await store.addApiKey(['products:write', 'orders:read', 'orders:write']);
  const tries = [
    ['GET', '/v1/customers/me'],
    ['PUT', '/v1/customers/me'],
    ['DELETE', '/v1/customers/me'],
    ['GET', '/v1/customers'],
    ['GET', `/v1/customers/${randomUUID()}`],
    ['GET', '/v1/api-keys'],
    ['POST', '/v1/api-keys'],
    ['DELETE', `/v1/api-keys/${as.id}`],
    ['GET', '/v1/products?archived=true'],
  ] as const;

  const answers = await Promise.all(tries.map(([method, path]) => call(method, path, { as })));

  expect(answers).toMatchObject(tries.map(() => ({ status: 403, json: { code: 'FORBIDDEN' } })));
});

/** Milliseconds within which the contract promises that a deleted key is refused, and some more. */
const REFUSED_WITHIN = 30_000;
const MARGIN = 15_000;

test(
  'a deleted key is refused within 30 seconds',
  async () => {
    const [key, as] = [await store.addApiKey(['orders:read']), await store.admin()];
    const before = await call('GET', '/v1/orders?limit=1', { as: key });

    const deleted = await call('DELETE', `/v1/api-keys/${key.id}`, { as });
    const deadline = Date.now() + REFUSED_WITHIN;
    let after = await call('GET', '/v1/orders?limit=1', { as: key });
    while (after.status === 200 && Date.now() < deadline) {
      await wait(500);
      after = await call('GET', '/v1/orders?limit=1', { as: key });
    }

    expect([before.status, deleted.status]).toEqual([200, 204]);
    expect(after).toMatchObject({ status: 401, json: { code: 'UNAUTHENTICATED' } });
    expect(await call('DELETE', `/v1/api-keys/${key.id}`, { as })).toMatchObject({
      status: 404,
      json: { code: 'API_KEY_NOT_FOUND' },
    });
  },
  REFUSED_WITHIN + MARGIN,
);

function expiring(expiresAt?: string) {
  return { name: unique(), scopes: ['orders:read'], ...(expiresAt !== undefined && { expiresAt }) };
}
