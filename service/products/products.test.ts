import { v7 as uuidv7 } from 'uuid';
import { makeProduct, readProduct } from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import type { Product } from './schemas.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

const price = { amount: 1999, currency: 'EUR' };

function asAdmin(extra: Record<string, string> = {}) {
  return { authorization: store.admin, ...extra };
}

function create(body: object) {
  return store.request({ method: 'POST', url: '/v1/products', headers: asAdmin(), body });
}

test('a new product has its defaults, a place and a version', async () => {
  const response = await create({ sku: 'NEW-1', name: 'Mug', price });

  expect(response.statusCode).toBe(201);
  const product = response.json<Product>();
  expect(product).toMatchObject({
    sku: 'NEW-1',
    description: '',
    stock: 0,
    category: null,
    imageUrl: null,
    version: 1,
    archivedAt: null,
    price,
  });
  expect(response.headers).toMatchObject({ location: `/v1/products/${product.id}`, etag: '"1"' });
  expect(product.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('a SKU stands for one product only', async () => {
  await create({ sku: 'TWICE', name: 'Mug', price });

  const response = await create({ sku: 'TWICE', name: 'Other', price });

  expect(response.json()).toMatchObject({ status: 409, code: 'SKU_TAKEN' });
});

test('another currency than the store’s is refused', async () => {
  const response = await create({ sku: 'USD', name: 'Mug', price: { amount: 1, currency: 'USD' } });

  expect(response.json()).toMatchObject({
    status: 422,
    code: 'CURRENCY_MISMATCH',
    errors: [{ pointer: '/price/currency' }],
  });
});

test('every failing member is named', async () => {
  const response = await create({ sku: 'bad sku', price: { amount: -1 }, colour: 'blue' });

  expect(response.json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
  const { errors } = response.json<{ errors: { pointer: string }[] }>();
  expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual([
    '/colour',
    '/name',
    '/price/amount',
    '/price/currency',
    '/sku',
  ]);
});

test.each([
  ['a number for a text', { name: 5 }],
  ['a text for a number', { price: { amount: '5', currency: 'EUR' } }],
  ['a fraction of a cent', { price: { amount: 0.5, currency: 'EUR' } }],
  ['a NUL character', { name: 'a\u0000b' }],
  ['half a surrogate pair', { name: '\ud800' }],
  ['a name that is too long', { name: 'x'.repeat(256) }],
  ['an amount that is too large', { price: { amount: 1e12 + 1, currency: 'EUR' } }],
  ['an image without TLS', { imageUrl: 'http://example.com/a.png' }],
  ['null where a value is needed', { name: null }],
])('nothing is coerced or dropped: %s', async (_, wrong) => {
  const response = await create({ sku: 'X-1', name: 'Mug', price, ...wrong });

  expect(response.json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
});

test('a product is found by its id in either case', async () => {
  const { id } = await makeProduct(store);

  const response = await store.request({ url: `/v1/products/${id.toUpperCase()}` });

  expect(response.json()).toMatchObject({ id });
});

test('an unknown product answers 404 with a code', async () => {
  const response = await store.request({ url: `/v1/products/${uuidv7()}` });

  expect(response.json()).toMatchObject({ status: 404, code: 'PRODUCT_NOT_FOUND' });
});

test('what is no UUID is 400, however long', async () => {
  for (const id of ['1', 'x'.repeat(500), `urn:uuid:${uuidv7()}`]) {
    const response = await store.request({ url: `/v1/products/${id}` });

    expect(response.json()).toMatchObject({ status: 400, errors: [{ pointer: '/id' }] });
  }
});

test('an archived product is gone for everybody but admins', async () => {
  const product = await makeProduct(store);
  const url = `/v1/products/${product.id}`;
  const headers = asAdmin({ 'if-match': `"${product.version}"` });

  const archived = await store.request({ method: 'DELETE', url, headers });

  expect(archived.statusCode).toBe(204);
  expect((await store.request({ url })).json()).toMatchObject({ code: 'PRODUCT_NOT_FOUND' });
  expect((await readProduct(store, product.id)).archivedAt).toEqual(expect.any(String));
  const list = await store.request({ url: '/v1/products?archived=true', headers: asAdmin() });
  expect(list.json<{ items: Product[] }>().items.map(({ id }) => id)).toContain(product.id);
});

test('archiving needs the present version, and doing it again changes nothing', async () => {
  const { id } = await makeProduct(store);
  const remove = (headers: object) =>
    store.request({
      method: 'DELETE',
      url: `/v1/products/${id}`,
      headers: { ...asAdmin(), ...headers },
    });

  expect((await remove({})).statusCode).toBe(428);
  expect((await remove({ 'if-match': '"99"' })).statusCode).toBe(412);
  expect((await remove({ 'if-match': '*' })).statusCode).toBe(204);
  const { version } = await readProduct(store, id);
  expect((await remove({ 'if-match': '*' })).statusCode).toBe(204);
  expect((await readProduct(store, id)).version).toBe(version);
});

test('the list of archived products is for admins', async () => {
  const url = '/v1/products?archived=true';
  const { authorization } = store.newCustomer();

  expect((await store.request({ url })).statusCode).toBe(401);
  expect((await store.request({ url, headers: { authorization } })).statusCode).toBe(403);
});

test('a version that the client has is not sent again', async () => {
  const { id, version } = await makeProduct(store);
  const url = `/v1/products/${id}`;
  const read = (tag: string) => store.request({ url, headers: { 'if-none-match': tag } });

  const same = await read(`W/"${version}"`);

  expect(same).toMatchObject({ statusCode: 304, body: '' });
  expect(same.headers['etag']).toBe(`"${version}"`);
  expect((await read('"0"')).statusCode).toBe(200);
});

test('what is the same for everybody may be cached for a moment, nothing else', async () => {
  const url = `/v1/products/${(await makeProduct(store)).id}`;
  const { authorization } = store.newCustomer();

  const anonymous = await store.request({ url });
  const known = await store.request({ url, headers: { authorization } });

  expect(anonymous.headers['cache-control']).toBe('public, max-age=30');
  expect(anonymous.headers['vary']).toContain('Authorization');
  expect(known.headers['cache-control']).toBe('no-store');
});
