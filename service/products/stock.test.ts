import { v7 as uuidv7 } from 'uuid';
import { makeProduct, readProduct } from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import type { StockChange } from './schemas.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

function change(id: string, quantity: number, reason = 'count') {
  return store.request({
    method: 'POST',
    url: `/v1/products/${id}/stock-changes`,
    headers: { authorization: store.admin },
    body: { quantity, reason },
  });
}

async function ledger(
  id: string,
  query = '',
): Promise<{ items: StockChange[]; nextCursor: string }> {
  const url = `/v1/products/${id}/stock-changes${query}`;
  return (await store.request({ url, headers: { authorization: store.admin } })).json();
}

test('pieces come and go, and the ledger says so, newest first', async () => {
  const { id } = await makeProduct(store);

  const came = await change(id, 10, 'delivery');
  const went = await change(id, -4, 'broken');

  expect(came.statusCode).toBe(201);
  expect(went.json()).toMatchObject({ productId: id, quantity: -4, reason: 'broken', stock: 6 });
  expect((await ledger(id)).items).toEqual([went.json(), came.json()]);
  expect((await readProduct(store, id)).stock).toBe(6);
});

test('the stock never falls below zero', async () => {
  const { id } = await makeProduct(store, { stock: 3 });

  const response = await change(id, -4);

  expect(response.json()).toMatchObject({
    status: 409,
    code: 'OUT_OF_STOCK',
    errors: [{ pointer: '/quantity', detail: 'must be >= -3' }],
  });
  expect((await ledger(id)).items).toHaveLength(1);
});

test('the stock never rises above what a product can hold', async () => {
  const { id } = await makeProduct(store, { stock: 1 });

  expect((await change(id, 1_000_000_000)).json()).toMatchObject({
    status: 409,
    code: 'STOCK_LIMIT',
  });
});

test('no change of nothing, none without a reason, none of something unknown', async () => {
  const { id } = await makeProduct(store);

  expect((await change(id, 0)).json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
  expect((await change(id, 1, '')).json()).toMatchObject({ errors: [{ pointer: '/reason' }] });
  expect((await change(uuidv7(), 1)).json()).toMatchObject({ code: 'PRODUCT_NOT_FOUND' });
  expect(await ledger(uuidv7())).toMatchObject({ code: 'PRODUCT_NOT_FOUND' });
});

test('the ledger is read page by page', async () => {
  const { id } = await makeProduct(store);
  for (const quantity of [1, 2, 3]) await change(id, quantity);

  const first = await ledger(id, '?limit=2');
  const second = await ledger(id, `?limit=2&cursor=${first.nextCursor}`);

  expect(first.items.map(({ quantity }) => quantity)).toEqual([3, 2]);
  expect(second).toMatchObject({ items: [{ quantity: 1 }], nextCursor: null });
});

test('changes at the same time are all counted', async () => {
  const { id } = await makeProduct(store, { stock: 100 });

  await Promise.all(Array.from({ length: 20 }, (_, index) => change(id, index % 2 === 0 ? 3 : -3)));

  expect((await readProduct(store, id)).stock).toBe(100);
  const { items } = await ledger(id, '?limit=100');
  expect(items.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(100);
});
