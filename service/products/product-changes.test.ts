import { v7 as uuidv7 } from 'uuid';
import { makeProduct } from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import type { Product } from './schemas.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

function asAdmin(extra: Record<string, string> = {}) {
  return { authorization: store.admin, ...extra };
}

function patch(
  product: Product,
  body: object,
  ifMatch: string | undefined = `"${product.version}"`,
) {
  const headers = asAdmin(ifMatch === '' ? {} : { 'if-match': ifMatch });
  return store.request({ method: 'PATCH', url: `/v1/products/${product.id}`, headers, body });
}

test('a merge patch changes what it names, and null removes', async () => {
  const product = await makeProduct(store, { category: 'kitchen', description: 'Old.' });

  const response = await patch(product, { name: 'Red mug', category: null, description: null });

  expect(response.json()).toEqual({
    ...product,
    name: 'Red mug',
    category: null,
    description: '',
    version: product.version + 1,
    updatedAt: expect.any(String),
  });
  expect(response.headers['etag']).toBe(`"${product.version + 1}"`);
});

test('a change needs the present version', async () => {
  const product = await makeProduct(store);

  expect((await patch(product, { name: 'A' }, '')).json()).toMatchObject({
    status: 428,
    code: 'PRECONDITION_REQUIRED',
  });
  expect((await patch(product, { name: 'A' }, '"77"')).json()).toMatchObject({
    status: 412,
    code: 'PRECONDITION_FAILED',
  });
  expect((await patch(product, { name: 'A' }, `W/"${product.version}"`)).statusCode).toBe(412);
  expect((await patch(product, { name: 'A' }, `"9", "${product.version}"`)).statusCode).toBe(200);
  expect((await patch(product, { name: 'B' }, '*')).statusCode).toBe(200);
});

test('a change of something unknown is 404 before anything is said of its version', async () => {
  const product = await makeProduct(store);

  const response = await patch({ ...product, id: uuidv7() }, { name: 'A' }, '');

  expect(response.json()).toMatchObject({ status: 404, code: 'PRODUCT_NOT_FOUND' });
});

test('a patch cannot take the SKU of another product', async () => {
  await makeProduct(store, { sku: 'MINE' });

  const response = await patch(await makeProduct(store), { sku: 'MINE' });

  expect(response.json()).toMatchObject({ status: 409, code: 'SKU_TAKEN' });
});

test('stock is not set by a patch', async () => {
  const response = await patch(await makeProduct(store), { stock: 5 });

  expect(response.json()).toMatchObject({ status: 400, errors: [{ pointer: '/stock' }] });
});

test('a patch of a part of the price leaves the rest of it', async () => {
  const product = await makeProduct(store, { price: { amount: 900, currency: 'EUR' } });

  expect((await patch(product, { price: { amount: 7 } })).json()).toMatchObject({
    price: { amount: 7, currency: 'EUR' },
  });
});
