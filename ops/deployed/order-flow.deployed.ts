import type { Order } from '../../service/orders/schemas.ts';
import { call } from './client.ts';
import { postOrder, price, useFixture } from './fixture.ts';

const store = useFixture();

/** A new order that has taken the steps, in turn. */
async function orderAfter(steps: readonly string[]): Promise<Order> {
  const product = await store.addProduct({ stock: 1 });
  let order = await store.placeOrder(await store.newCustomer(), [product]);
  for (const step of steps) order = await store.advance(order, step);
  return order;
}

async function take(step: string, { id }: Order) {
  return call<Order>('POST', `/v1/orders/${id}/${step}`, { as: await store.admin() });
}

test('from an empty shelf to money returned: the whole life of an order', async () => {
  const [customer, admin] = [await store.newCustomer(), await store.admin()];
  const product = await store.addProduct({ price: price(2500), stock: 10 });
  const lines = [{ productId: product.id, quantity: 4 }];

  const { json: placed } = await postOrder(customer, { lines });
  for (const step of ['pay', 'ship', 'deliver', 'refund']) await store.advance(placed, step);

  const answer = await call<Order>('GET', `/v1/orders/${placed.id}`, { as: customer });
  const statuses = ['placed', 'paid', 'shipped', 'delivered', 'refunded'];
  expect(answer).toMatchObject({
    status: 200,
    headers: { etag: '"5"' },
    json: { status: 'refunded', total: price(10_000), version: 5 },
  });
  expect(answer.json.history.map(({ status }) => status)).toEqual(statuses);
  expect(answer.json.history.map(({ by }) => by)).toEqual([
    customer.id,
    ...Array.from({ length: 4 }, () => admin.id),
  ]);
  expect(await store.readProduct(product)).toMatchObject({ stock: 6 });
});

test('who cancels gives the pieces back', async () => {
  const product = await store.addProduct({ stock: 10 });
  const customer = await store.newCustomer();
  const lines = [{ productId: product.id, quantity: 4 }];
  const { json: order } = await postOrder(customer, { lines });
  const { stock: meanwhile } = await store.readProduct(product);

  const answer = await call('POST', `/v1/orders/${order.id}/cancel`, { as: customer });

  expect(meanwhile).toBe(6);
  expect(answer).toMatchObject({ status: 200, json: { status: 'cancelled' } });
  expect(await store.readProduct(product)).toMatchObject({ stock: 10 });
});

test('who cancels five times at once gives the pieces back once', async () => {
  const product = await store.addProduct({ stock: 10 });
  const customer = await store.newCustomer();
  const order = await store.placeOrder(customer, [product]);

  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      call('POST', `/v1/orders/${order.id}/cancel`, { as: customer }),
    ),
  );

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await store.readProduct(product)).toMatchObject({ stock: 10 });
});

test('a paid order that is cancelled can be refunded, an unpaid one cannot', async () => {
  const [paid, unpaid] = [await orderAfter(['pay', 'cancel']), await orderAfter(['cancel'])];

  const [refunded, refused] = [await take('refund', paid), await take('refund', unpaid)];

  expect(refunded).toMatchObject({ status: 200, json: { status: 'refunded' } });
  expect(refused).toMatchObject({ status: 409, json: { code: 'ORDER_STATE' } });
});

const STEPS = ['pay', 'ship', 'deliver', 'cancel', 'refund'];

/** What an order is after its steps, and which others it does not permit then. */
test.each([
  ['placed', [], ['ship', 'deliver', 'refund']],
  ['paid', ['pay'], ['deliver']],
  ['shipped', ['pay', 'ship'], ['pay', 'cancel']],
  ['delivered', ['pay', 'ship', 'deliver'], ['pay', 'ship', 'cancel']],
  ['cancelled', ['cancel'], ['pay', 'ship', 'deliver', 'refund']],
  ['refunded', ['pay', 'refund'], ['pay', 'ship', 'deliver', 'cancel']],
])('a %s order takes no step that is not its turn', async (status, steps, refused) => {
  const order = await orderAfter(steps);

  const answers = await Promise.all(refused.map((step) => take(step, order)));

  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 409, json: { code: 'ORDER_STATE' } });
  }
  const after = await call('GET', `/v1/orders/${order.id}`, { as: await store.admin() });
  expect(after.json).toEqual(order);
  expect(order.status).toBe(status);
});

test.each(STEPS)('%s twice does nothing the second time', async (step) => {
  const before = { pay: [], ship: ['pay'], deliver: ['pay', 'ship'], cancel: [], refund: ['pay'] };
  const order = await orderAfter(before[step as keyof typeof before]);
  const first = await take(step, order);

  const second = await take(step, order);

  expect(first.status).toBe(200);
  expect(second).toMatchObject({ status: 200, json: first.json });
});
