import { startTestStore } from '../testing/test-store.ts';

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
