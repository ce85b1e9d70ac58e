import { v7 as uuidv7 } from 'uuid';
import { ADDRESS, makeProduct, placeOrder, requestOrder } from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import type { Customer } from './schemas.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

const url = '/v1/customers/me';
const profile = { name: 'Ada Lovelace', email: 'ada@example.com', address: ADDRESS };

function me(authorization: string, headers: object = {}) {
  return store.request({ url, headers: { authorization, ...headers } });
}

function put(authorization: string, body: object, headers: object = { 'if-match': '*' }) {
  return store.request({ method: 'PUT', url, headers: { authorization, ...headers }, body });
}

test('a customer is made on first sight', async () => {
  const { id, authorization } = store.newCustomer();

  const response = await me(authorization);

  expect(response.json()).toMatchObject({ id, name: null, email: null, address: null, version: 1 });
  expect(response.headers['etag']).toBe('"1"');
  expect((await me(authorization)).json()).toEqual(response.json());
});

test('a profile is replaced as a whole', async () => {
  const { authorization } = store.newCustomer();
  await me(authorization);

  const full = await put(authorization, profile, { 'if-match': '"1"' });
  const bare = await put(authorization, { name: 'Ada', email: 'a@example.com' });

  expect(full.json()).toMatchObject({ ...profile, version: 2 });
  expect(full.headers['etag']).toBe('"2"');
  expect(bare.json()).toMatchObject({ name: 'Ada', address: null, version: 3 });
});

test('a profile changes only from the version that was read', async () => {
  const { authorization } = store.newCustomer();

  expect((await put(authorization, profile, {})).json()).toMatchObject({
    status: 428,
    code: 'PRECONDITION_REQUIRED',
  });
  expect((await put(authorization, profile, { 'if-match': '"5"' })).json()).toMatchObject({
    status: 412,
    code: 'PRECONDITION_FAILED',
  });
  const remove = (headers: object) =>
    store.request({ method: 'DELETE', url, headers: { authorization, ...headers } });
  expect((await remove({})).statusCode).toBe(428);
  expect((await remove({ 'if-match': '"5"' })).statusCode).toBe(412);
});

test.each([
  ['no name', { email: 'a@example.com' }, '/name'],
  ['no address of that form', { ...profile, email: 'nobody' }, '/email'],
  ['half an address', { ...profile, address: { name: 'A' } }, '/address/line1'],
  ['an unknown member', { ...profile, admin: true }, '/admin'],
])('a profile is refused with %s', async (_, body, pointer) => {
  const { authorization } = store.newCustomer();

  const response = await put(authorization, body);

  expect(response.json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
  expect(response.json<{ errors: object[] }>().errors).toContainEqual(
    expect.objectContaining({ pointer }),
  );
});

test('a profile that the client has is not sent again', async () => {
  const { authorization } = store.newCustomer();
  await me(authorization);

  expect((await me(authorization, { 'if-none-match': '"1"' })).statusCode).toBe(304);
});

test('who leaves takes name, address and note along, everywhere', async () => {
  const { authorization } = store.newCustomer();
  const { id: productId } = await makeProduct(store, { stock: 5 });
  await put(authorization, profile);
  const lines = [{ productId, quantity: 1 }];
  const order = { authorization, key: 'k', lines, shippingAddress: ADDRESS, note: 'Secret note' };
  const { id } = await placeOrder(store, order);

  const headers = { authorization, 'if-match': '*' };
  const left = await store.request({ method: 'DELETE', url, headers });

  expect(left.statusCode).toBe(204);
  expect((await me(authorization)).json()).toMatchObject({
    name: null,
    email: null,
    address: null,
  });
  const kept = await store.request({ url: `/v1/orders/${id}`, headers: { authorization } });
  expect(kept.json()).toMatchObject({ id, shippingAddress: null, note: null, version: 2 });
  const replay = await requestOrder(store, order);
  expect(replay.json()).toMatchObject({ id, shippingAddress: null, note: null });
  expect(await tablesWith('Lovelace', 'Secret note')).toEqual([]);
});

/** Tables in which any of these texts stands. */
async function tablesWith(...texts: string[]): Promise<string[]> {
  const tables = ['customers', 'orders', 'idempotency_keys', 'order_history', 'order_lines'];
  const found: string[] = [];
  for (const table of tables) {
    const pattern = texts.join('|');
    const text = `SELECT FROM ${table} t WHERE t::text ~ '${pattern}'`;
    if ((await store.db.read.query({ name: '', text })).rowCount !== 0) found.push(table);
  }
  return found;
}

test('admins read customers, newest first, and nobody else does', async () => {
  const first = store.newCustomer();
  const second = store.newCustomer();
  await me(first.authorization);
  await me(second.authorization);
  const headers = { authorization: store.admin };

  const list = await store.request({ url: '/v1/customers?limit=2', headers });
  const { items, nextCursor } = list.json<{ items: Customer[]; nextCursor: string | null }>();
  const one = await store.request({ url: `/v1/customers/${first.id}`, headers });

  expect(items.map(({ id }) => id)).toEqual([second.id, first.id]);
  expect(one.json()).toEqual(items[1]);
  const rest = await store.request({ url: `/v1/customers?cursor=${nextCursor}`, headers });
  expect(rest.json<{ items: Customer[] }>().items).not.toContainEqual(items[1]);
});

test('an unknown customer is 404', async () => {
  const headers = { authorization: store.admin };

  const response = await store.request({ url: `/v1/customers/${uuidv7()}`, headers });

  expect(response.json()).toMatchObject({ status: 404, code: 'CUSTOMER_NOT_FOUND' });
});
