import { randomUUID } from 'node:crypto';
import type { Order } from '../../service/orders/schemas.ts';
import { call } from './client.ts';
import { ADDRESS, ANY_VERSION, postOrder, price, useFixture } from './fixture.ts';
import { allPagesOf } from './pages.ts';

const store = useFixture();

test('an order keeps names and prices of its moment, line by line', async () => {
  const mug = await store.addProduct({ name: 'Blue mug', price: price(1999), stock: 9 });
  const pot = await store.addProduct({ name: 'Tea pot', price: price(4550), stock: 9 });
  const customer = await store.newCustomer();
  const lines = [
    { productId: mug.id, quantity: 3 },
    { productId: pot.id, quantity: 1 },
  ];

  const answer = await postOrder(customer, { lines, shippingAddress: ADDRESS, note: 'Ring twice' });

  const { id } = answer.json;
  expect(answer).toMatchObject({
    status: 201,
    headers: { location: `/v1/orders/${id}`, etag: '"1"', 'cache-control': 'no-store' },
    json: {
      customerId: customer.id,
      number: expect.any(Number),
      status: 'placed',
      lines: [
        { sku: mug.sku, name: 'Blue mug', unitPrice: price(1999), total: price(5997) },
        { sku: pot.sku, name: 'Tea pot', unitPrice: price(4550), total: price(4550) },
      ],
      total: price(10_547),
      shippingAddress: ADDRESS,
      note: 'Ring twice',
      version: 1,
      history: [{ status: 'placed', by: customer.id }],
    },
  });
  expect(await call('GET', `/v1/orders/${id}`, { as: customer })).toMatchObject({
    status: 200,
    json: answer.json,
  });
});

test('a price that changes later changes no order', async () => {
  const product = await store.addProduct({ price: price(1999), stock: 1 });
  const customer = await store.newCustomer();
  const order = await store.placeOrder(customer, [product]);

  const body = { price: price(2999), name: 'Dear mug' };
  const as = await store.admin();
  await call('PATCH', `/v1/products/${product.id}`, { as, body, headers: ANY_VERSION });

  expect(await call('GET', `/v1/orders/${order.id}`, { as: customer })).toMatchObject({
    json: { total: price(1999), lines: [{ name: product.name, unitPrice: price(1999) }] },
  });
});

const productId = randomUUID();
const line = { productId, quantity: 1 };

test.each([
  ['no lines', {}, '/lines'],
  ['an empty list of lines', { lines: [] }, '/lines'],
  ['more than a hundred lines', { lines: uniqueLines(101) }, '/lines'],
  ['a quantity of zero', { lines: [{ productId, quantity: 0 }] }, '/lines/0/quantity'],
  ['a quantity above a thousand', { lines: [{ productId, quantity: 1001 }] }, '/lines/0/quantity'],
  ['a quantity in quotes', { lines: [{ productId, quantity: '1' }] }, '/lines/0/quantity'],
  ['what is no id', { lines: [line, { productId: 'mug', quantity: 1 }] }, '/lines/1/productId'],
  ['a product twice', { lines: [line, line] }, '/lines/1/productId'],
  ['a price of its own', { lines: [{ ...line, unitPrice: 1 }] }, '/lines/0/unitPrice'],
  ['half an address', { lines: [line], shippingAddress: { name: 'Ada' } }, '/shippingAddress/city'],
  ['a note that is too long', { lines: [line], note: 'x'.repeat(1001) }, '/note'],
  ['an unknown member', { lines: [line], coupon: 'FREE' }, '/coupon'],
  ['a customer of their own choice', { lines: [line], customerId: productId }, '/customerId'],
])('a customer who orders with %s is refused', async (_, body, pointer) => {
  const answer = await postOrder(await store.newCustomer(), body);

  expect(answer).toMatchObject({
    status: 400,
    json: {
      code: 'VALIDATION_FAILED',
      errors: expect.arrayContaining([expect.objectContaining({ pointer })]),
    },
  });
});

test('an admin orders for a customer, and must say for whom', async () => {
  const product = await store.addProduct({ stock: 1 });
  const [admin, customer] = [await store.admin(), await store.newCustomer()];
  const order = { lines: [{ productId: product.id, quantity: 1 }] };

  const nobody = await postOrder(admin, order);
  const somebody = await postOrder(admin, { ...order, customerId: customer.id });

  expect(nobody).toMatchObject({ status: 400, json: { errors: [{ pointer: '/customerId' }] } });
  expect(somebody).toMatchObject({
    status: 201,
    json: { customerId: customer.id, history: [{ status: 'placed', by: admin.id }] },
  });
  expect(await call('GET', `/v1/orders/${somebody.json.id}`, { as: customer })).toMatchObject({
    status: 200,
  });
});

test('unknown and archived products cannot be ordered, and the lines are named', async () => {
  const [present, archived] = [await store.addProduct({ stock: 1 }), await store.addProduct()];
  await store.archiveProduct(archived);
  const ids = [present.id, archived.id, randomUUID()];

  const answer = await postOrder(await store.newCustomer(), {
    lines: ids.map((id) => ({ productId: id, quantity: 1 })),
  });

  const pointers = [/^\/lines\/1\b/, /^\/lines\/2\b/].map((line1) => ({
    pointer: expect.stringMatching(line1) as unknown,
  }));
  expect(answer).toMatchObject({
    status: 422,
    json: { code: 'PRODUCT_UNAVAILABLE', errors: pointers },
  });
});

test('an order takes all of its lines or nothing, and names those that fail', async () => {
  const [plenty, scarce] = [
    await store.addProduct({ stock: 9 }),
    await store.addProduct({ stock: 1 }),
  ];
  const lines = [plenty, scarce].map(({ id }) => ({ productId: id, quantity: 2 }));

  const answer = await postOrder(await store.newCustomer(), { lines });

  expect(answer).toMatchObject({
    status: 409,
    json: { code: 'OUT_OF_STOCK', errors: [{ pointer: expect.stringMatching(/^\/lines\/1\b/) }] },
  });
  expect(await store.readProduct(plenty)).toMatchObject({ stock: 9 });
  expect(await store.readProduct(scarce)).toMatchObject({ stock: 1 });
});

test('the pages of the own orders show each of them once, newest first', async () => {
  const product = await store.addProduct({ stock: 5 });
  const customer = await store.newCustomer();
  const placed: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    placed.unshift((await store.placeOrder(customer, [product])).id);
  }

  const pages = await allPagesOf<Order>('/v1/orders?limit=2', customer);

  expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
  expect(pages.flat().map(({ id }) => id)).toEqual(placed);
});

test('orders can be listed by their status', async () => {
  const product = await store.addProduct({ stock: 2 });
  const customer = await store.newCustomer();
  const [kept, cancelled] = [
    await store.placeOrder(customer, [product]),
    await store.placeOrder(customer, [product]),
  ];
  await call('POST', `/v1/orders/${cancelled.id}/cancel`, { as: customer });
  const idsWith = async (status: string) => {
    const pages = await allPagesOf<Order>(`/v1/orders?status=${status}`, customer);
    return pages.flat().map(({ id }) => id);
  };

  expect(await idsWith('placed')).toEqual([kept.id]);
  expect(await idsWith('cancelled')).toEqual([cancelled.id]);
  expect(await idsWith('shipped')).toEqual([]);
});

function uniqueLines(count: number) {
  return Array.from({ length: count }, () => ({ productId: randomUUID(), quantity: 1 }));
}
