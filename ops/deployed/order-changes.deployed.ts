import type { Order } from '../../service/orders/schemas.ts';
import { call } from './client.ts';
import { ADDRESS, ANY_VERSION, type Fixture, useFixture } from './fixture.ts';
import type { Person } from './people.ts';

const store = useFixture();

async function placed(fixture: Fixture): Promise<{ customer: Person; order: Order; path: string }> {
  const product = await fixture.addProduct({ stock: 1 });
  const customer = await fixture.newCustomer();
  const order = await fixture.placeOrder(customer, [product], { note: 'Ring twice' });
  return { customer, order, path: `/v1/orders/${order.id}` };
}

test('an order that is still the same is not sent again', async () => {
  const { customer, path } = await placed(store);
  const ask = (tag: string) =>
    call('GET', path, { as: customer, headers: { 'if-none-match': tag } });

  const [same, weak, other] = [await ask('"1"'), await ask('"7", W/"1"'), await ask('"2"')];

  expect([same.status, weak.status, other.status]).toEqual([304, 304, 200]);
  expect(same.text).toBe('');
  expect(same.headers['etag']).toBe('"1"');
});

test('address and note can be changed until the order is shipped', async () => {
  const { customer, order, path } = await placed(store);
  const change = (body: object) =>
    call<Order>('PATCH', path, { as: customer, headers: ANY_VERSION, body });

  const addressed = await change({ shippingAddress: ADDRESS });
  await store.advance(order, 'pay');
  const emptied = await change({ note: null });
  await store.advance(order, 'ship');
  const late = await change({ note: 'Too late' });

  expect(addressed).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    json: { shippingAddress: ADDRESS, note: 'Ring twice', version: 2 },
  });
  expect(emptied).toMatchObject({ status: 200, json: { shippingAddress: ADDRESS, note: null } });
  expect(late).toMatchObject({ status: 409, json: { code: 'ORDER_STATE' } });
});

test('a change needs the version that it changes', async () => {
  const { customer, path } = await placed(store);
  const change = (headers: Record<string, string>) =>
    call('PATCH', path, { as: customer, headers, body: { note: 'Changed' } });

  const without = await change({});
  const first = await change({ 'if-match': '"1"' });
  const stale = await change({ 'if-match': '"1"' });
  const weak = await change({ 'if-match': 'W/"2"' });

  expect(without).toMatchObject({ status: 428, json: { code: 'PRECONDITION_REQUIRED' } });
  expect(first).toMatchObject({ status: 200, headers: { etag: '"2"' } });
  expect(stale).toMatchObject({ status: 412, json: { code: 'PRECONDITION_FAILED' } });
  expect(weak).toMatchObject({ status: 412, json: { code: 'PRECONDITION_FAILED' } });
});

test.each([
  ['its lines', { lines: [] }, '/lines'],
  ['its status', { status: 'paid' }, '/status'],
  ['its customer', { customerId: '00000000-0000-4000-8000-000000000000' }, '/customerId'],
  ['half an address', { shippingAddress: { name: 'Ada' } }, '/shippingAddress/city'],
])('nobody can patch %s', async (_, body, pointer) => {
  const { customer, path } = await placed(store);

  const answer = await call('PATCH', path, { as: customer, headers: ANY_VERSION, body });

  expect(answer).toMatchObject({
    status: 400,
    json: {
      code: 'VALIDATION_FAILED',
      errors: expect.arrayContaining([expect.objectContaining({ pointer })]),
    },
  });
});

test('a step is refused when the order changed since it was read', async () => {
  const { customer, order, path } = await placed(store);
  await store.advance(order, 'pay');

  const stale = await call('POST', `${path}/cancel`, {
    as: customer,
    headers: { 'if-match': '"1"' },
  });
  const fresh = await call('POST', `${path}/cancel`, {
    as: customer,
    headers: { 'if-match': '"2"' },
  });

  expect(stale).toMatchObject({ status: 412, json: { code: 'PRECONDITION_FAILED' } });
  expect(fresh).toMatchObject({ status: 200, json: { status: 'cancelled' } });
});
