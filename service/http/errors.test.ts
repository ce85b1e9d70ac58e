import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { catalogue } from '../problem.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
  await store.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => store.close());

function post(body: string | Buffer, contentType?: string) {
  const headers = {
    authorization: store.admin,
    ...(contentType !== undefined && { 'content-type': contentType }),
  };
  return store.request({ method: 'POST', url: '/v1/products', headers, body });
}

/** What a socket answers to bytes that no client library would send. */
async function raw(bytes: string): Promise<string> {
  const { port } = store.app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await closed;
  return answer;
}

test('a problem has every member of the contract', async () => {
  const url = `/v1/products/${uuidv7()}?`;

  const response = await store.request({ url, headers: { 'x-request-id': 'my request' } });

  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(response.json()).toEqual({
    type: '/problems/product-not-found',
    title: 'No such product',
    status: 404,
    detail: 'It never existed or is archived.',
    instance: url.slice(0, -1),
    code: 'PRODUCT_NOT_FOUND',
    requestId: 'my request',
  });
});

test.each([
  ['broken JSON', '{"sku":', 'application/json', 400, 'INVALID_JSON'],
  ['two values', '{}{}', 'application/json', 400, 'INVALID_JSON'],
  ['a prototype', '{"__proto__":{"admin":true}}', 'application/json', 400, 'INVALID_JSON'],
  ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'application/json', 400, 'INVALID_JSON'],
  ['nothing', '', 'application/json', 400, 'VALIDATION_FAILED'],
  ['null', 'null', 'application/json', 400, 'VALIDATION_FAILED'],
  ['a list', '[]', 'application/json', 400, 'VALIDATION_FAILED'],
  ['a form', 'a=b', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['text', 'x', 'text/plain', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a patch', '{}', 'application/merge-patch+json', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['no type', 'x', undefined, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['too much', `"${'x'.repeat(1024 * 1024)}"`, 'application/json', 413, 'BODY_TOO_LARGE'],
] as const)('a body that is %s is refused', async (...[, body, type, status, code]) => {
  expect((await post(body, type)).json()).toMatchObject({ status, code });
});

test('a body that is compressed is refused', async () => {
  const headers = {
    authorization: store.admin,
    'content-type': 'application/json',
    'content-encoding': 'gzip',
  };

  const response = await store.request({
    method: 'POST',
    url: '/v1/products',
    headers,
    body: '{}',
  });

  expect(response.json()).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
});

test('a client that is still sending is answered too', async () => {
  const { port } = store.app.server.address() as AddressInfo;

  const responses = await Promise.all(
    Array.from({ length: 5 }, () =>
      fetch(`http://127.0.0.1:${port}/v1/products`, {
        method: 'POST',
        headers: { authorization: store.admin, 'content-type': 'application/json' },
        body: Buffer.alloc(8 * 1024 * 1024, ' '),
      }),
    ),
  );

  expect(responses.map(({ status }) => status)).toEqual([413, 413, 413, 413, 413]);
});

test('a body for a route that does not exist is not read', async () => {
  const headers = { 'content-type': 'application/json' };

  const response = await store.request({ method: 'POST', url: '/v1/nothing', headers, body: '{' });

  expect(response.json()).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
});

test('at most 20 failing members are named', async () => {
  const members = Array.from({ length: 50 }, (_, index) => [`unknown${index}`, 1]);

  const response = await post(JSON.stringify(Object.fromEntries(members)), 'application/json');

  expect(response.json<{ errors: object[] }>().errors).toHaveLength(20);
});

test.each([
  ['GET', '/v1/nothing'],
  ['PUT', '/v1/products'],
  ['GET', '/'],
  ['GET', '/docs/static/%00'],
  ['GET', `/docs/static/${'a'.repeat(5000)}`],
] as const)('%s %s is no route', async (method, url) => {
  expect((await store.request({ method, url })).json()).toMatchObject({
    status: 404,
    code: 'ROUTE_NOT_FOUND',
  });
});

test('a path that cannot be decoded is a problem too', async () => {
  const response = await store.request({ url: '/v1/products/%zz' });

  expect(response.json()).toMatchObject({ status: 400, code: 'MALFORMED_REQUEST' });
  expect(response.headers['x-request-id']).toBeDefined();
});

test.each([
  ['no HTTP', 'hello\r\n\r\n', 400, 'MALFORMED_REQUEST'],
  ['a header without end', `GET / HTTP/1.1\r\nA: ${'x'.repeat(20_000)}`, 431, 'HEADERS_TOO_LARGE'],
])('even %s is answered with a problem', async (_, bytes, status, code) => {
  const answer = await raw(bytes);

  expect(answer).toContain(`HTTP/1.1 ${status} `);
  expect(answer.toLowerCase()).toContain('x-request-id: ');
  const [, body = ''] = answer.split('\r\n\r\n');
  expect(JSON.parse(body)).toMatchObject({ status, code });
});

test('an expectation that nobody knows changes nothing', async () => {
  const answer = await raw(
    'GET /v1/products HTTP/1.1\r\nHost: a\r\nExpect: everything\r\nConnection: close\r\n\r\n',
  );

  expect(answer).toContain('HTTP/1.1 200 ');
});

test('a body of any depth is refused, not stumbled over', async () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);

  for (const body of [deep, `{"name":${deep}}`]) {
    expect((await post(body, 'application/json')).json()).toMatchObject({ status: 400 });
  }
});

test.each([
  ['is kept', 'abc 123', 'abc 123'],
  ['of 128 characters is kept', 'x'.repeat(128), 'x'.repeat(128)],
  ['that is too long is replaced', 'x'.repeat(129), expect.stringMatching(/^[0-9a-f-]{36}$/)],
  ['that is empty is replaced', '', expect.stringMatching(/^[0-9a-f-]{36}$/)],
  ['made of two empty ones is replaced', ', ', expect.stringMatching(/^[0-9a-f-]{36}$/)],
  ['that is not ASCII is replaced', 'é', expect.stringMatching(/^[0-9a-f-]{36}$/)],
])('a request id that %s', async (_, given, expected) => {
  const response = await store.request({ url: '/v1/products', headers: { 'x-request-id': given } });

  expect(response.headers['x-request-id']).toEqual(expected);
});

test('what goes wrong inside is not told outside', async () => {
  const failing = await startTestStore();
  await failing.database.drop();

  const response = await failing.request({ url: '/v1/products' });
  await failing.app.close();

  expect(response.json()).toMatchObject({ status: 500, code: 'INTERNAL_ERROR' });
  expect(response.body).not.toMatch(/select|database|test_/i);
});

test('every error has a page of help, and its type leads there', async () => {
  for (const { code } of catalogue) {
    const url = `/problems/${code.toLowerCase().replaceAll('_', '-')}`;
    const response = await store.request({ url });
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain(code);
  }
  expect((await store.request({ url: '/problems' })).body).toContain('OUT_OF_STOCK');
  expect((await store.request({ url: '/problems/nonsense' })).statusCode).toBe(404);
});
