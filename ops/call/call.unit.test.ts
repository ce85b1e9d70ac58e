import { type Answer, bodyText, remarks } from './answer.ts';
import { needsOf } from './operation.ts';
import { complete, dataOf, headersOf } from './request.ts';

const problem = {
  type: '/problems/product-not-found',
  title: 'No such product',
  detail: 'there is no product x',
  errors: [{ pointer: '/sku', detail: 'is missing' }],
};

function answer(differences: Partial<Answer> = {}): Answer {
  return {
    status: 404,
    statusText: 'Not Found',
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'x-request-id': 'r-1' },
    body: JSON.stringify(problem),
    ...differences,
  };
}

const place = { door: 'https://store.example.com', name: 'dev', include: false };

test('a problem is told with what to do about it', () => {
  expect(remarks(answer(), place)).toEqual([
    'HTTP 404 Not Found, request r-1',
    'No such product: there is no product x',
    '  /sku: is missing',
    'What to do about it: https://store.example.com/problems/product-not-found',
  ]);
});

test('who is nobody is told how to become somebody', () => {
  const lines = remarks(answer({ status: 401 }), place);

  expect(lines.at(-1)).toContain('npm run --silent token -- dev --email <email>');
});

test('headers are shown on demand', () => {
  expect(remarks(answer(), { ...place, include: true })).toContain('x-request-id: r-1');
});

test('people get JSON on lines of its own, programs get it as it came', () => {
  const sent = answer({ headers: { 'content-type': 'application/json' }, body: '{"a":1}' });

  expect(bodyText(sent, true)).toBe('{\n  "a": 1\n}');
  expect(bodyText(sent, false)).toBe('{"a":1}');
  expect(bodyText({ ...sent, headers: { 'content-type': 'text/html' } }, true)).toBe('{"a":1}');
});

test('a path that is nearly one is told', () => {
  expect(() => needsOf('GET', '/v1/prodcts')).toThrow('did you mean /v1/products?');
  expect(() => needsOf('GET', '/products')).toThrow('did you mean /v1/products?');
  expect(() => needsOf('PUT', '/v1/orders/1?x=y')).toThrow(
    '/v1/orders/{id} takes GET, PATCH, not PUT',
  );
});

test('an order gets a key of its own, unless there is one', () => {
  const { headers: needed } = needsOf('POST', '/v1/orders');
  const [made, given] = [headersOf([]), headersOf(['Idempotency-Key: mine'])];

  expect(complete(made, needed)).toEqual([
    expect.stringMatching(/^idempotency-key: [0-9a-f-]{36}$/),
  ]);
  expect(complete(given, needed)).toEqual([]);
  expect(given.get('idempotency-key')).toBe('mine');
});

test('a header without a colon is refused', () => {
  expect(() => headersOf(['If-Match'])).toThrow("--header takes 'name: value', not 'If-Match'");
});

test('a body has the type that the operation takes', async () => {
  const headers = new Headers();

  const data = await dataOf('{}', headers, needsOf('PATCH', '/v1/products/1').contentType);

  expect(data).toBe('{}');
  expect(headers.get('content-type')).toBe('application/merge-patch+json');
});

test('a file that is not there is named', async () => {
  await expect(dataOf('@nowhere.json', new Headers())).rejects.toThrow('nowhere.json');
});
