import { randomUUID } from 'node:crypto';
import type { StockChange } from '../../service/products/schemas.ts';
import { call } from './client.ts';
import { postOrder, useFixture } from './fixture.ts';
import { allPagesOf } from './pages.ts';

const store = useFixture();

async function change(productId: string, body: object) {
  const path = `/v1/products/${productId}/stock-changes`;
  return call<StockChange>('POST', path, { as: await store.admin(), body });
}

/** Newest first. */
async function readLedger(productId: string): Promise<StockChange[]> {
  const path = `/v1/products/${productId}/stock-changes?limit=100`;
  return (await allPagesOf<StockChange>(path, await store.admin())).flat();
}

test('pieces that come and go stand in the ledger, and its sum is the stock', async () => {
  const { id } = await store.addProduct();

  const came = await change(id, { quantity: 24, reason: 'delivery 4711' });
  const went = await change(id, { quantity: -4, reason: 'broken' });

  expect(came).toMatchObject({
    status: 201,
    json: { productId: id, quantity: 24, reason: 'delivery 4711', stock: 24 },
  });
  expect(went).toMatchObject({ status: 201, json: { quantity: -4, reason: 'broken', stock: 20 } });
  expect(await readLedger(id)).toEqual([went.json, came.json]);
  expect(await store.readProduct({ id })).toMatchObject({ stock: 20 });
});

test('stock never falls below zero', async () => {
  const { id } = await store.addProduct({ stock: 3 });

  const answer = await change(id, { quantity: -4, reason: 'lost' });

  expect(answer).toMatchObject({ status: 409, json: { code: 'OUT_OF_STOCK' } });
  expect(await store.readProduct({ id })).toMatchObject({ stock: 3 });
  expect(await readLedger(id)).toHaveLength(1);
});

test.each([
  ['without a quantity', { reason: 'delivery' }, '/quantity'],
  ['of nothing', { quantity: 0, reason: 'delivery' }, '/quantity'],
  ['of half a piece', { quantity: 0.5, reason: 'delivery' }, '/quantity'],
  ['of a quantity in quotes', { quantity: '5', reason: 'delivery' }, '/quantity'],
  ['without a reason', { quantity: 5 }, '/reason'],
  ['with an empty reason', { quantity: 5, reason: '' }, '/reason'],
])('a stock change %s is refused', async (_, body, pointer) => {
  const { id } = await store.addProduct();

  const answer = await change(id, body);

  expect(answer).toMatchObject({
    status: 400,
    json: { code: 'VALIDATION_FAILED', errors: [{ pointer }] },
  });
});

test('an unknown product has neither stock nor ledger', async () => {
  const id = randomUUID();

  const changed = await change(id, { quantity: 5, reason: 'delivery' });
  const read = await call('GET', `/v1/products/${id}/stock-changes`, { as: await store.admin() });

  expect(changed).toMatchObject({ status: 404, json: { code: 'PRODUCT_NOT_FOUND' } });
  expect(read).toMatchObject({ status: 404, json: { code: 'PRODUCT_NOT_FOUND' } });
});

test('the pages of a ledger show every change once, newest first', async () => {
  const { id } = await store.addProduct();
  const made: string[] = [];
  for (const quantity of [5, 4, 3, 2, 1]) {
    made.unshift((await change(id, { quantity, reason: 'delivery' })).json.id);
  }

  const path = `/v1/products/${id}/stock-changes?limit=2`;
  const pages = await allPagesOf<StockChange>(path, await store.admin());

  expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
  expect(pages.flat().map((shown) => shown.id)).toEqual(made);
});

test('orders and cancellations stand in the ledger too', async () => {
  const product = await store.addProduct({ stock: 5 });
  const customer = await store.newCustomer();

  const order = await store.placeOrder(customer, [product]);
  await call('POST', `/v1/orders/${order.id}/cancel`, { as: customer });

  const ledger = await readLedger(product.id);
  expect(ledger.map(({ quantity, stock }) => ({ quantity, stock }))).toEqual([
    { quantity: 1, stock: 5 },
    { quantity: -1, stock: 4 },
    { quantity: 5, stock: 5 },
  ]);
});

test('ten buyers at once of the last three pieces: three get one, nobody gets half', async () => {
  const product = await store.addProduct({ stock: 3 });
  const buyers = await store.newCustomers(10);
  const order = { lines: [{ productId: product.id, quantity: 1 }] };

  const answers = await Promise.all(buyers.map((buyer) => postOrder(buyer, order)));

  const lost = answers.filter(({ status }) => status === 409);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  expect(lost.map(({ json }) => json)).toEqual(
    Array.from({ length: 7 }, () => expect.objectContaining({ code: 'OUT_OF_STOCK' })),
  );
  expect(await store.readProduct(product)).toMatchObject({ stock: 0 });
  expect(await readLedger(product.id)).toHaveLength(4);
});

test('orders of the same products in another order do not block one another', async () => {
  const products = [await store.addProduct({ stock: 10 }), await store.addProduct({ stock: 10 })];
  const buyers = await store.newCustomers(10);

  const orders = await Promise.all(
    buyers.map((buyer, index) =>
      store.placeOrder(buyer, index % 2 === 0 ? products : products.toReversed()),
    ),
  );

  const left = await Promise.all(products.map((product) => store.readProduct(product)));
  expect(orders).toHaveLength(10);
  expect(left.map(({ stock }) => stock)).toEqual([0, 0]);
});
