import type { Product } from '../../service/products/schemas.ts';
import { call } from './client.ts';
import { ANY_VERSION, price, unique, useFixture } from './fixture.ts';

const store = useFixture();

test('a change needs the version that it changes', async () => {
  const { id } = await store.addProduct();
  const as = await store.admin();
  const change = (headers: Record<string, string>, name: string) =>
    call<Product>('PATCH', `/v1/products/${id}`, { as, headers, body: { name } });

  const without = await change({}, 'Red mug');
  const first = await change({ 'if-match': '"1"' }, 'Green mug');
  const stale = await change({ 'if-match': '"1"' }, 'Red mug');

  expect(without).toMatchObject({ status: 428, json: { code: 'PRECONDITION_REQUIRED' } });
  expect(first).toMatchObject({ status: 200, headers: { etag: '"2"' }, json: { version: 2 } });
  expect(stale).toMatchObject({ status: 412, json: { code: 'PRECONDITION_FAILED' } });
  expect(await store.readProduct({ id })).toMatchObject({ name: 'Green mug', version: 2 });
});

test('of ten who change the same version at once, one does', async () => {
  const { id } = await store.addProduct();
  const as = await store.admin();

  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      call('PATCH', `/v1/products/${id}`, {
        as,
        headers: { 'if-match': '"1"' },
        body: { name: `Mug ${index}` },
      }),
    ),
  );

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 412)).toHaveLength(9);
});

test('a merge patch changes what it names, and null removes', async () => {
  const product = await store.addProduct({ category: unique(), description: 'Stoneware' });

  const answer = await call('PATCH', `/v1/products/${product.id}`, {
    as: await store.admin(),
    headers: { ...ANY_VERSION, 'content-type': 'application/merge-patch+json' },
    body: { category: null, price: price(1799) },
  });

  const { updatedAt } = answer.json as Product;
  const changed = { category: null, price: price(1799), version: 2, updatedAt };
  expect(answer).toMatchObject({ status: 200, json: { ...product, ...changed } });
});

test('an archived product is gone for customers, and staff still see it', async () => {
  const product = await store.addProduct({ category: unique() });
  const [customer, admin] = [await store.newCustomer(), await store.admin()];
  const list = `/v1/products?category=${product.category}`;

  await store.archiveProduct(product);

  const path = `/v1/products/${product.id}`;
  const { id, sku } = product;
  expect(await call('GET', path, { as: customer })).toMatchObject({
    status: 404,
    json: { code: 'PRODUCT_NOT_FOUND' },
  });
  expect(await call('GET', path, { as: admin })).toMatchObject({
    status: 200,
    json: { id, sku, archivedAt: expect.stringMatching(/Z$/) },
  });
  expect((await call('GET', list, { as: customer })).json).toMatchObject({ items: [] });
  expect((await call('GET', list, { as: admin })).json).toMatchObject({ items: [] });
  const archived = await call('GET', `${list}&archived=true`, { as: admin });
  expect(archived).toMatchObject({ status: 200, json: { items: [{ id, sku }] } });
});

test('archiving needs the present version too', async () => {
  const { id } = await store.addProduct();
  const as = await store.admin();

  const without = await call('DELETE', `/v1/products/${id}`, { as });
  const stale = await call('DELETE', `/v1/products/${id}`, { as, headers: { 'if-match': '"9"' } });

  expect([without.status, stale.status]).toEqual([428, 412]);
  expect(await store.readProduct({ id })).toMatchObject({ archivedAt: null });
});
