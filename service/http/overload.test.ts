import { makeProduct, requestOrder } from '../testing/builders.ts';
import { connected } from '../testing/template-database.ts';
import { startTestStore } from '../testing/test-store.ts';
import { untilSomebodyWaits } from '../testing/waiting.ts';
import { AT_ONCE } from './line.ts';

test('a process that lags refuses work with Retry-After, but answers operators', async () => {
  const store = await startTestStore({ environment: { MAX_EVENT_LOOP_DELAY: '1' } });
  // Lags until the plugin, which looks once a second, has seen it.
  const deadline = Date.now() + 10_000;
  let response = await store.request({ url: '/v1/products' });
  while (response.statusCode === 200 && Date.now() < deadline) {
    const until = performance.now() + 50;
    while (performance.now() < until);
    response = await store.request({ url: '/v1/products' });
  }
  const alive = await store.request({ url: '/livez' });
  await store.close();

  expect(response.json()).toMatchObject({ status: 503, code: 'OVERLOADED' });
  expect(response.headers['retry-after']).toBe('5');
  expect(alive.statusCode).toBe(200);
});

test('more orders than can be worked on are refused with Retry-After; reads go on', async () => {
  const store = await startTestStore();
  const { id: productId } = await makeProduct(store, { stock: 1000 });
  const { authorization } = store.newCustomer();
  const order = () => requestOrder(store, { authorization, lines: [{ productId, quantity: 1 }] });

  const [refused, read] = await connected(store.database.ownerUrl, async (owner) => {
    await owner.query('BEGIN; LOCK TABLE products IN EXCLUSIVE MODE');
    const stuck = Array.from({ length: AT_ONCE }, order);
    await untilSomebodyWaits(store.database.superuserUrl);
    const answers = await Promise.all([order(), store.request({ url: '/problems' })]);
    await owner.query('ROLLBACK');
    await Promise.all(stuck);
    return answers;
  });
  const afterwards = await order();
  await store.close();

  expect(refused.json()).toMatchObject({ status: 503, code: 'OVERLOADED' });
  expect(refused.headers['retry-after']).toBe('5');
  expect(read.statusCode).toBe(200);
  expect(afterwards.statusCode).toBe(201);
});
