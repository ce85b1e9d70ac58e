import { v7 as uuidv7 } from 'uuid';
import { placeOrder, makeProduct } from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import type { ApiKey } from './schemas.ts';
import { keyVerifier } from './verify-key.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

type Created = ApiKey & { key: string };

async function create(body: object = {}) {
  const headers = { authorization: store.admin };
  return store.request({
    method: 'POST',
    url: '/v1/api-keys',
    headers,
    body: { name: 'warehouse', scopes: ['orders:read', 'orders:write'], ...body },
  });
}

async function list(query = ''): Promise<{ items: ApiKey[]; nextCursor: string | null }> {
  const headers = { authorization: store.admin };
  return (await store.request({ url: `/v1/api-keys${query}`, headers })).json();
}

test('a key is shown once and kept as a hash', async () => {
  const response = await create();

  expect(response.statusCode).toBe(201);
  const { key, ...shown } = response.json<Created>();
  expect(key).toMatch(/^store_[\w-]{43}$/);
  expect(shown).toMatchObject({
    name: 'warehouse',
    scopes: ['orders:read', 'orders:write'],
    prefix: key.slice(0, 12),
    expiresAt: null,
    lastUsedAt: null,
  });
  expect((await list()).items).toContainEqual(shown);
  const text = `SELECT count(*)::int AS found FROM api_keys WHERE api_keys::text LIKE '%${key}%'`;
  const { rows } = await store.db.read.query({ name: '', text });
  expect(rows).toEqual([{ found: 0 }]);
});

test('a machine works with its key, and the history names it', async () => {
  const { id, key } = (await create()).json<Created>();
  const { id: productId } = await makeProduct(store, { stock: 5 });
  const authorization = `ApiKey ${key}`;

  const lines = [{ productId, quantity: 1 }];
  const order = await placeOrder(store, { authorization, lines, customerId: uuidv7() });

  expect(order.history).toEqual([{ status: 'placed', at: order.placedAt, by: id }]);
  expect((await list()).items.find((item) => item.id === id)?.lastUsedAt).not.toBeNull();
});

test('a machine has no profile', async () => {
  const { key } = (await create()).json<Created>();

  const headers = { authorization: `ApiKey ${key}` };
  expect((await store.request({ url: '/v1/customers/me', headers })).statusCode).toBe(403);
});

test('a deleted key is refused where nobody has just used it', async () => {
  const { id, key } = (await create()).json<Created>();
  const remove = () =>
    store.request({
      method: 'DELETE',
      url: `/v1/api-keys/${id}`,
      headers: { authorization: store.admin },
    });

  expect((await remove()).statusCode).toBe(204);
  expect((await remove()).json()).toMatchObject({ status: 404, code: 'API_KEY_NOT_FOUND' });
  await expect(keyVerifier(store.db)(key)).rejects.toMatchObject({ name: 'UNAUTHENTICATED' });
});

test('a key that is believed for a while is refused within 30 s of its end', async () => {
  let now = performance.now();
  const { id, key } = (await create()).json<Created>();
  const verify = keyVerifier(store.db, { now: () => now });
  await verify(key);
  const headers = { authorization: store.admin };
  await store.request({ method: 'DELETE', url: `/v1/api-keys/${id}`, headers });

  now += 30_000;

  await expect(verify(key)).rejects.toMatchObject({ name: 'UNAUTHENTICATED' });
});

test('a key ends when it says', async () => {
  const { id, key } = (await create({ expiresAt: '2999-01-01T00:00:00Z' })).json<Created>();
  const verify = keyVerifier(store.db);
  await verify(key);
  const text = `UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = '${id}'`;
  await store.db.write.query({ name: '', text });

  await expect(keyVerifier(store.db)(key)).rejects.toMatchObject({ name: 'UNAUTHENTICATED' });
});

test.each([
  ['no scope', { scopes: [] }, '/scopes'],
  ['an unknown scope', { scopes: ['everything'] }, '/scopes/0'],
  ['the same scope twice', { scopes: ['orders:read', 'orders:read'] }, '/scopes'],
  ['no name', { name: '' }, '/name'],
  ['an end in the past', { expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
  ['an end that nobody can write', { expiresAt: '9999-12-31T23:59:59-12:00' }, '/expiresAt'],
  ['an end that is no time', { expiresAt: 'tomorrow' }, '/expiresAt'],
])('a key is not made with %s', async (_, wrong, pointer) => {
  expect((await create(wrong)).json()).toMatchObject({ status: 400, errors: [{ pointer }] });
});

test('an unknown key is refused', async () => {
  const headers = { authorization: `ApiKey store_${'x'.repeat(43)}` };

  expect((await store.request({ url: '/v1/orders', headers })).json()).toMatchObject({
    status: 401,
    code: 'UNAUTHENTICATED',
  });
});

test('keys are listed newest first, page by page', async () => {
  const made = [(await create()).json<Created>(), (await create()).json<Created>()];

  const first = await list('?limit=1');
  const second = await list(`?limit=1&cursor=${first.nextCursor}`);

  expect([first, second].map(({ items }) => items[0]?.id)).toEqual([made[1]?.id, made[0]?.id]);
  expect(await list('?cursor=x')).toMatchObject({ code: 'INVALID_CURSOR' });
});
