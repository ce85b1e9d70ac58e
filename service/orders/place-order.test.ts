import { v7 as uuidv7 } from 'uuid';
import {
  ADDRESS,
  makeProduct,
  placeOrder,
  readProduct,
  requestOrder,
} from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import type { Order } from './schemas.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

test('an order copies prices, names and SKUs and takes the stock', async () => {
  const mug = await makeProduct(store, { stock: 5, price: { amount: 1250, currency: 'EUR' } });
  const pen = await makeProduct(store, { stock: 9, price: { amount: 199, currency: 'EUR' } });
  const { authorization, id } = store.newCustomer();

  const response = await requestOrder(store, {
    authorization,
    lines: [
      { productId: pen.id, quantity: 3 },
      { productId: mug.id, quantity: 2 },
    ],
    shippingAddress: ADDRESS,
    note: 'Ring twice.',
  });

  expect(response.statusCode).toBe(201);
  const order = response.json<Order>();
  expect(order).toMatchObject({
    customerId: id,
    status: 'placed',
    version: 1,
    total: { amount: 2 * 1250 + 3 * 199, currency: 'EUR' },
    shippingAddress: ADDRESS,
    note: 'Ring twice.',
    lines: [
      { productId: pen.id, sku: pen.sku, name: pen.name, quantity: 3, total: { amount: 597 } },
      { productId: mug.id, unitPrice: { amount: 1250, currency: 'EUR' }, quantity: 2 },
    ],
    history: [{ status: 'placed', at: order.placedAt, by: id }],
  });
  expect(response.headers).toMatchObject({ location: `/v1/orders/${order.id}`, etag: '"1"' });
  expect((await readProduct(store, mug.id)).stock).toBe(3);
  expect((await readProduct(store, pen.id)).stock).toBe(6);
});

test('what is answered first is what is read later', async () => {
  const { id: productId } = await makeProduct(store, { stock: 1 });
  const { authorization } = store.newCustomer();

  const placed = await placeOrder(store, { authorization, lines: [{ productId, quantity: 1 }] });

  const url = `/v1/orders/${placed.id}`;
  expect((await store.request({ url, headers: { authorization } })).json()).toEqual(placed);
});

test('the ledger knows what orders took', async () => {
  const { id: productId } = await makeProduct(store, { stock: 5 });
  const { authorization } = store.newCustomer();

  const { number } = await placeOrder(store, {
    authorization,
    lines: [{ productId, quantity: 2 }],
  });

  const url = `/v1/products/${productId}/stock-changes`;
  const ledger = await store.request({ url, headers: { authorization: store.admin } });
  expect(ledger.json()).toMatchObject({
    items: [{ quantity: -2, reason: `order ${number} placed`, stock: 3 }, { quantity: 5 }],
  });
});

test('all or nothing: one line too many takes nothing', async () => {
  const plenty = await makeProduct(store, { stock: 5 });
  const scarce = await makeProduct(store, { stock: 1 });
  const { authorization } = store.newCustomer();

  const response = await requestOrder(store, {
    authorization,
    lines: [
      { productId: plenty.id, quantity: 1 },
      { productId: scarce.id, quantity: 2 },
    ],
  });

  expect(response.json()).toMatchObject({
    status: 409,
    code: 'OUT_OF_STOCK',
    errors: [{ pointer: '/lines/1/quantity' }],
  });
  expect((await readProduct(store, plenty.id)).stock).toBe(5);
  const orders = await store.request({ url: '/v1/orders', headers: { authorization } });
  expect(orders.json()).toMatchObject({ items: [] });
});

test('unknown and archived products cannot be ordered', async () => {
  const archived = await makeProduct(store, { stock: 5 });
  await store.request({
    method: 'DELETE',
    url: `/v1/products/${archived.id}`,
    headers: { authorization: store.admin, 'if-match': '*' },
  });
  const { authorization } = store.newCustomer();

  const response = await requestOrder(store, {
    authorization,
    lines: [
      { productId: uuidv7(), quantity: 1 },
      { productId: archived.id, quantity: 1 },
    ],
  });

  expect(response.json()).toMatchObject({
    status: 422,
    code: 'PRODUCT_UNAVAILABLE',
    errors: [{ pointer: '/lines/0/productId' }, { pointer: '/lines/1/productId' }],
  });
});

test('a total that no money member can hold is refused', async () => {
  const price = { amount: 1_000_000_000_000, currency: 'EUR' };
  const { id: productId } = await makeProduct(store, { stock: 5, price });
  const { authorization } = store.newCustomer();

  const response = await requestOrder(store, {
    authorization,
    lines: [{ productId, quantity: 2 }],
  });

  expect(response.json()).toMatchObject({ status: 422, code: 'ORDER_TOO_LARGE' });
});

test('a product whose price is in another currency than the store’s cannot be ordered', async () => {
  const { id: productId } = await makeProduct(store, { stock: 5 });
  await store.db.write.query({
    name: '',
    text: `UPDATE products SET price_currency = 'USD' WHERE id = '${productId}'`,
  });
  const { authorization } = store.newCustomer();

  const response = await requestOrder(store, {
    authorization,
    lines: [{ productId, quantity: 2 }],
  });

  expect(response.json()).toMatchObject({ status: 422, code: 'CURRENCY_MISMATCH' });
});

test('an admin places an order for a customer, and must say for whom', async () => {
  const { id: productId } = await makeProduct(store, { stock: 5 });
  const { id: customerId } = store.newCustomer();
  const lines = [{ productId, quantity: 1 }];

  const forOne = await placeOrder(store, { authorization: store.admin, lines, customerId });
  const forNone = await requestOrder(store, { authorization: store.admin, lines });

  expect(forOne.customerId).toBe(customerId);
  expect(forOne.history[0]?.by).not.toBe(customerId);
  expect(forNone.json()).toMatchObject({ status: 400, errors: [{ pointer: '/customerId' }] });
});

test('a closed store takes no orders, but tells of those it took', async () => {
  const { id: productId } = await makeProduct(store, { stock: 5 });
  const { authorization } = store.newCustomer();
  const order = { authorization, key: 'before', lines: [{ productId, quantity: 1 }] };
  const placed = await requestOrder(store, order);
  Object.assign(store.settings, { ordersOpen: false });

  const again = await requestOrder(store, order);
  const other = await requestOrder(store, { ...order, key: 'after' });
  Object.assign(store.settings, { ordersOpen: true });

  expect(again.body).toBe(placed.body);
  expect(other.json()).toMatchObject({ status: 503, code: 'ORDERS_CLOSED' });
  expect(other.headers['retry-after']).toBeDefined();
});

test('an order has no more lines than the settings permit, unless it was placed before', async () => {
  const products = [await makeProduct(store, { stock: 5 }), await makeProduct(store, { stock: 5 })];
  const lines = products.map(({ id: productId }) => ({ productId, quantity: 1 }));
  const order = { authorization: store.newCustomer().authorization, key: 'before', lines };
  const placed = await requestOrder(store, order);
  Object.assign(store.settings, { maxOrderLines: 1 });

  const again = await requestOrder(store, order);
  const other = await requestOrder(store, { ...order, key: 'after' });
  Object.assign(store.settings, { maxOrderLines: 100 });

  expect(again.body).toBe(placed.body);
  expect(other.json()).toMatchObject({ status: 400, errors: [{ pointer: '/lines' }] });
});
