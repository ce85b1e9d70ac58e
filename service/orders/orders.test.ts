import { v7 as uuidv7 } from 'uuid';
import {
  ADDRESS,
  makeProduct,
  newOrder,
  placeOrder,
  requestStep,
  takeSteps,
} from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import type { Order } from './schemas.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

test('address and note change while the parcel is not on its way', async () => {
  const { order, authorization } = await newOrder(store);
  const url = `/v1/orders/${order.id}`;
  const change = (body: object, headers: object) =>
    store.request({
      method: 'PATCH',
      url,
      headers: { authorization, 'content-type': 'application/merge-patch+json', ...headers },
      body: JSON.stringify(body),
    });

  const changed = await change({ note: 'Leave it.' }, { 'if-match': '"1"' });

  expect(changed.json()).toMatchObject({ note: 'Leave it.', version: 2 });
  expect(changed.headers['etag']).toBe('"2"');
  expect((await change({ note: null }, { 'if-match': '"2"' })).json()).toMatchObject({
    note: null,
  });
  expect((await change({ note: 'x' }, {})).json()).toMatchObject({ code: 'PRECONDITION_REQUIRED' });
  expect((await change({ note: 'x' }, { 'if-match': '"1"' })).json()).toMatchObject({
    code: 'PRECONDITION_FAILED',
  });
  expect((await change({ status: 'paid' }, { 'if-match': '"3"' })).json()).toMatchObject({
    status: 400,
    errors: [{ pointer: '/status' }],
  });
  await takeSteps(store, order.id, 'pay', 'ship');
  expect((await change({ note: 'x' }, { 'if-match': '*' })).json()).toMatchObject({
    status: 409,
    code: 'ORDER_STATE',
  });
});

test('somebody else’s order does not exist', async () => {
  const { order } = await newOrder(store);
  const { authorization } = store.newCustomer();
  const url = `/v1/orders/${order.id}`;
  const headers = { authorization, 'if-match': '*' };

  const answers = [
    await store.request({ url, headers: { authorization } }),
    await store.request({ method: 'PATCH', url, headers, body: { note: 'mine' } }),
    await requestStep(store, { id: order.id, step: 'cancel', authorization }),
    await store.request({ url: `/v1/orders/${uuidv7()}`, headers: { authorization } }),
  ];

  for (const answer of answers) {
    expect(answer.json()).toMatchObject({ status: 404, code: 'ORDER_NOT_FOUND' });
  }
});

function ids({ items }: { items: Order[] }): string[] {
  return items.map(({ id }) => id);
}

test('customers list their own orders, newest first, by state and page by page', async () => {
  const { authorization, order: first } = await newOrder(store);
  const { order: second } = await newOrder(store, authorization);
  const { order: third } = await newOrder(store, authorization);
  await takeSteps(store, second.id, 'pay');
  await newOrder(store);
  const list = async (query: string) =>
    (await store.request({ url: `/v1/orders?${query}`, headers: { authorization } })).json<{
      items: Order[];
      nextCursor: string | null;
    }>();

  const page = await list('limit=2');

  expect(ids(page)).toEqual([third.id, second.id]);
  expect(ids(await list(`limit=2&cursor=${page.nextCursor}`))).toEqual([first.id]);
  expect(ids(await list('status=paid'))).toEqual([second.id]);
  expect(await list(`status=paid&cursor=${page.nextCursor}`)).toMatchObject({
    code: 'INVALID_CURSOR',
  });
});

test('admins list the orders of all, or of one customer', async () => {
  const { order } = await newOrder(store);
  await newOrder(store);
  const list = async (query: string, authorization: string) =>
    store.request({ url: `/v1/orders?${query}`, headers: { authorization } });

  const ofOne = await list(`customerId=${order.customerId}`, store.admin);
  const ofAll = await list('limit=100', store.admin);
  const forbidden = await list(`customerId=${order.customerId}`, store.newCustomer().authorization);

  expect(ofOne.json<{ items: Order[] }>().items).toEqual([order]);
  expect(ofAll.json<{ items: Order[] }>().items.length).toBeGreaterThan(1);
  expect(forbidden.json()).toMatchObject({ status: 403, code: 'FORBIDDEN' });
});

test('an order that the client has is not sent again', async () => {
  const { order, authorization } = await newOrder(store);

  const response = await store.request({
    url: `/v1/orders/${order.id}`,
    headers: { authorization, 'if-none-match': '"1"' },
  });

  expect(response).toMatchObject({ statusCode: 304, body: '' });
  expect(response.headers['cache-control']).toBe('no-store');
});

test('a patch of a part of the address leaves the rest, and must leave a whole one', async () => {
  const { authorization } = store.newCustomer();
  const { id: productId } = await makeProduct(store, { stock: 5 });
  const lines = [{ productId, quantity: 1 }];
  const shippingAddress = { ...ADDRESS, line2: '2nd floor' };
  const { id } = await placeOrder(store, { authorization, lines, shippingAddress });
  const bare = await placeOrder(store, { authorization, lines });
  const change = async (order: string, address: object | null) => {
    const headers = { authorization, 'if-match': '*' };
    const body = { shippingAddress: address };
    const response = await store.request({
      method: 'PATCH',
      url: `/v1/orders/${order}`,
      headers,
      body,
    });
    return response.json<Order & { errors: object[] }>();
  };

  const moved = await change(id, { city: 'Leeds' });
  const lower = await change(id, { line2: null });
  const none = await change(id, null);
  const half = await change(bare.id, { city: 'Leeds' });

  expect(moved.shippingAddress).toEqual({ ...shippingAddress, city: 'Leeds' });
  expect(lower.shippingAddress).toEqual({ ...ADDRESS, city: 'Leeds' });
  expect(none.shippingAddress).toBeNull();
  expect(half).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
  expect(half.errors).toContainEqual({ pointer: '/shippingAddress/name', detail: 'is required' });
});
