import { startTestStore, type TestStore } from '../testing/test-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore({ environment: { CORS_ORIGINS: 'https://shop.example.com' } });
});
afterAll(() => store.close());

test('other origins are those of the configuration', async () => {
  const preflight = (origin: string) =>
    store.app.inject({
      method: 'OPTIONS',
      url: '/v1/orders',
      headers: { origin, 'access-control-request-method': 'POST' },
    });

  const known = await preflight('https://shop.example.com');
  const unknown = await preflight('https://evil.example.com');

  expect(known.headers['access-control-allow-origin']).toBe('https://shop.example.com');
  expect(unknown.headers['access-control-allow-origin']).toBeUndefined();
});

test('errors carry the header that lets a page of the shop read them', async () => {
  const headers = { origin: 'https://shop.example.com' };

  const response = await store.request({ url: '/v1/nothing', headers });

  expect(response.headers['access-control-allow-origin']).toBe('https://shop.example.com');
});

test.each(['/v1/products', '/v1/nothing', '/health', '/problems'])('%s is guarded', async (url) => {
  const { headers } = await store.request({ url });

  expect(headers).toMatchObject({
    'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  });
});

test('a question for options from no browser is no error', async () => {
  const response = await store.app.inject({ method: 'OPTIONS', url: '/v1/products' });

  expect(response.statusCode).toBe(204);
});
