import { newOrder, readProduct, requestStep, takeSteps } from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import type { Order } from './schemas.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

test.each([
  [['pay'], 'paid'],
  [['pay', 'ship'], 'shipped'],
  [['pay', 'ship', 'deliver'], 'delivered'],
  [['pay', 'ship', 'deliver', 'refund'], 'refunded'],
  [['pay', 'ship', 'refund'], 'refunded'],
  [['pay', 'refund'], 'refunded'],
  [['cancel'], 'cancelled'],
  [['pay', 'cancel'], 'cancelled'],
  [['pay', 'cancel', 'refund'], 'refunded'],
  [['ship'], 'ORDER_STATE'],
  [['deliver'], 'ORDER_STATE'],
  [['refund'], 'ORDER_STATE'],
  [['cancel', 'refund'], 'ORDER_STATE'],
  [['cancel', 'pay'], 'ORDER_STATE'],
  [['pay', 'deliver'], 'ORDER_STATE'],
  [['pay', 'ship', 'cancel'], 'ORDER_STATE'],
  [['pay', 'ship', 'pay'], 'ORDER_STATE'],
  [['pay', 'ship', 'deliver', 'ship'], 'ORDER_STATE'],
  [['pay', 'refund', 'ship'], 'ORDER_STATE'],
])('an order after %s', async (names, outcome) => {
  const { order } = await newOrder(store);

  expect(await takeSteps(store, order.id, ...names)).toBe(outcome);
});

test.each([['pay'], ['pay', 'ship'], ['cancel'], ['pay', 'refund']])(
  'repeating the last step changes nothing (%s)',
  async (...names) => {
    const { order } = await newOrder(store);
    await takeSteps(store, order.id, ...names);
    const read = async () =>
      (
        await store.request({
          url: `/v1/orders/${order.id}`,
          headers: { authorization: store.admin },
        })
      ).json<Order>();
    const before = await read();

    const again = await requestStep(store, {
      id: order.id,
      step: names.at(-1) ?? '',
      authorization: store.admin,
    });

    expect(again.json()).toEqual(before);
    expect(await read()).toEqual(before);
  },
);

test('the history says what happened, when and by whom', async () => {
  const { order } = await newOrder(store);
  await takeSteps(store, order.id, 'pay', 'ship');

  const response = await requestStep(store, {
    id: order.id,
    step: 'deliver',
    authorization: store.admin,
  });

  const { history, version } = response.json<Order>();
  expect(history.map(({ status }) => status)).toEqual(['placed', 'paid', 'shipped', 'delivered']);
  expect(new Set(history.slice(1).map(({ by }) => by)).size).toBe(1);
  expect(version).toBe(4);
  expect(response.headers['etag']).toBe('"4"');
});

test('steps at the same time are taken once, and all are told of it', async () => {
  const { order } = await newOrder(store);
  const pay = () => requestStep(store, { id: order.id, step: 'pay', authorization: store.admin });

  const answers = await Promise.all(Array.from({ length: 8 }, pay));

  const histories = answers.map((answer) =>
    answer.json<Order>().history.map(({ status }) => status),
  );
  expect(histories).toEqual(answers.map(() => ['placed', 'paid']));
});

test('a cancelled order gives its stock back, once, and the ledger says so', async () => {
  const { order, productId, authorization } = await newOrder(store);

  await requestStep(store, { id: order.id, step: 'cancel', authorization });
  await requestStep(store, { id: order.id, step: 'cancel', authorization });

  expect((await readProduct(store, productId)).stock).toBe(5);
  const url = `/v1/products/${productId}/stock-changes`;
  const ledger = await store.request({ url, headers: { authorization: store.admin } });
  expect(ledger.json()).toMatchObject({
    items: [
      { quantity: 2, reason: `order ${order.number} cancelled`, stock: 5 },
      { quantity: -2, stock: 3 },
      { quantity: 5 },
    ],
  });
});

test('a step takes If-Match when it is given', async () => {
  const { order } = await newOrder(store);
  const headers = { authorization: store.admin };

  expect(
    (await requestStep(store, { id: order.id, step: 'pay', ...headers, 'if-match': '"7"' })).json(),
  ).toMatchObject({
    status: 412,
    code: 'PRECONDITION_FAILED',
  });
  expect(
    (await requestStep(store, { id: order.id, step: 'pay', ...headers, 'if-match': '"1"' }))
      .statusCode,
  ).toBe(200);
});

test('a step takes no body', async () => {
  const { order } = await newOrder(store);

  const response = await store.request({
    method: 'POST',
    url: `/v1/orders/${order.id}/pay`,
    headers: { authorization: store.admin },
    body: { amount: 5 },
  });

  expect(response.json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
});
