import { startTestStore, type TestStore } from '../testing/test-store.ts';

let store: TestStore;
beforeEach(async () => {
  store = await startTestStore({ environment: { TRUSTED_PROXY_HOPS: '1' } });
  Object.assign(store.settings, { rateLimitPerMinute: 2 });
});
afterEach(() => store.close());

function read(headers: Record<string, string> = {}) {
  return store.request({ url: '/v1/products', headers });
}

test('who asks too often is told when to come back', async () => {
  const first = await read();
  await read();

  const third = await read();

  expect(first.headers).toMatchObject({
    'ratelimit-policy': '"default";q=2;w=60',
    ratelimit: '"default";r=1;t=60',
  });
  expect(third.json()).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
  expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
  expect(third.headers['ratelimit']).toMatch(/^"default";r=0;t=\d+$/);
});

test('a clock that is set back keeps nobody out for longer than a window', async () => {
  const ahead = Date.now() + 600_000;
  const clock = import.meta.jest.spyOn(Date, 'now').mockReturnValue(ahead);
  const { authorization } = store.newCustomer();
  for (const _ of [1, 2, 3]) await read({ authorization });
  clock.mockRestore();

  const refused = await read({ authorization });

  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
});

test('a person counts by itself, wherever it calls from', async () => {
  const { authorization } = store.newCustomer();
  for (const address of ['192.0.2.1', '192.0.2.2']) {
    expect((await read({ authorization, 'x-forwarded-for': address })).statusCode).toBe(200);
  }

  expect((await read({ authorization, 'x-forwarded-for': '192.0.2.3' })).statusCode).toBe(429);
  expect((await read(store.newCustomer())).statusCode).toBe(200);
});

test('others count by the address that the last proxy saw; a forged one does not help', async () => {
  const from = (addresses: string) => read({ 'x-forwarded-for': addresses });
  await from('10.0.0.1, 192.0.2.1');
  await from('10.0.0.2, 192.0.2.1');

  expect((await from('10.0.0.3, 192.0.2.1')).statusCode).toBe(429);
  expect((await from('10.0.0.3, 192.0.2.9')).statusCode).toBe(200);
});

test('guessing credentials counts as well', async () => {
  for (const guess of ['a', 'b']) {
    expect((await read({ authorization: `Bearer ${guess}` })).statusCode).toBe(401);
  }

  expect((await read({ authorization: 'Bearer c' })).statusCode).toBe(429);
});

test('routes that do not exist count too, operators do not', async () => {
  for (const _ of [1, 2, 3]) await store.request({ url: '/nothing' });

  expect((await store.request({ url: '/nothing' })).statusCode).toBe(429);
  for (const _ of [1, 2, 3, 4]) {
    expect((await store.request({ url: '/livez' })).statusCode).toBe(200);
  }
});
