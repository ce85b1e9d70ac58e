import { randomUUID } from 'node:crypto';
import { call } from './client.ts';
import { price, unique, useFixture } from './fixture.ts';
import { target } from './target.ts';

const store = useFixture();

test('a new product has an address, an ETag and no stock yet', async () => {
  const sku = unique();

  const answer = await store.postProduct({ sku, name: 'Blue mug', price: price(1999) });

  expect(answer).toMatchObject({
    status: 201,
    headers: { location: `/v1/products/${answer.json.id}`, etag: '"1"' },
    json: {
      sku,
      name: 'Blue mug',
      description: '',
      price: price(1999),
      stock: 0,
      category: null,
      imageUrl: null,
      version: 1,
      archivedAt: null,
    },
  });
  expect(answer.json.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test.each([
  ['a SKU with a space', { sku: 'blue mug' }, '/sku'],
  ['a SKU that is too long', { sku: 'x'.repeat(65) }, '/sku'],
  ['an empty name', { name: '' }, '/name'],
  ['a name with a NUL character', { name: 'Blue\u0000mug' }, '/name'],
  ['a negative price', { price: price(-1) }, '/price/amount'],
  ['a fraction of a cent', { price: price(19.99) }, '/price/amount'],
  ['a picture without TLS', { imageUrl: 'http://example.com/mug.jpg' }, '/imageUrl'],
  ['a stock, which moves by stock changes only', { stock: 5 }, '/stock'],
  ['an unknown member', { colour: 'blue' }, '/colour'],
])('a product with %s is refused, and the member is named', async (_, members, pointer) => {
  const answer = await store.postProduct(members as object);

  expect(answer).toMatchObject({
    status: 400,
    json: { code: 'VALIDATION_FAILED', errors: [{ pointer }] },
  });
});

test('all failing members are named at once', async () => {
  const as = await store.admin();

  const answer = await call('POST', '/v1/products', { as, body: { sku: '', colour: 'blue' } });

  const { errors } = answer.json as { errors: { pointer: string }[] };
  expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual([
    '/colour',
    '/name',
    '/price',
    '/sku',
  ]);
});

test('a SKU belongs to one product', async () => {
  const { sku } = await store.addProduct();

  const answer = await store.postProduct({ sku });

  expect(answer).toMatchObject({ status: 409, json: { code: 'SKU_TAKEN' } });
});

test('a price in another currency is refused', async () => {
  const currency = target.currency === 'USD' ? 'EUR' : 'USD';

  const answer = await store.postProduct({ price: { amount: 1999, currency } });

  expect(answer).toMatchObject({ status: 422, json: { code: 'CURRENCY_MISMATCH' } });
});

test('anyone can read a product, and caches may keep it for 30 seconds', async () => {
  const product = await store.addProduct();

  const answer = await call('GET', `/v1/products/${product.id}`);

  expect(answer).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'public, max-age=30', etag: '"1"' },
    json: product,
  });
  expect(answer.headers['vary']).toMatch(/\bauthorization\b/i);
});

test('what somebody reads who is signed in is kept by no cache', async () => {
  const product = await store.addProduct();
  const as = await store.newCustomer();

  const answer = await call('GET', `/v1/products/${product.id}`, { as });

  expect(answer).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    json: product,
  });
});

test('a product that is still the same is not sent again', async () => {
  const { id } = await store.addProduct();
  const as = await store.newCustomer();
  const { headers } = await call('GET', `/v1/products/${id}`, { as });

  const answer = await call('GET', `/v1/products/${id}`, {
    as,
    headers: { 'if-none-match': headers['etag'] ?? '' },
  });

  expect(answer).toMatchObject({ status: 304, headers: { etag: headers['etag'] }, text: '' });
});

test('an unknown product is not found, and what is no id is refused', async () => {
  const unknown = await call('GET', `/v1/products/${randomUUID()}`);
  const malformed = await call('GET', '/v1/products/blue-mug');

  expect(unknown).toMatchObject({ status: 404, json: { code: 'PRODUCT_NOT_FOUND' } });
  expect(malformed).toMatchObject({
    status: 400,
    json: { code: 'VALIDATION_FAILED', errors: [{ pointer: '/id' }] },
  });
});
