/** Requests of somebody who means harm, or whose program is broken. */
import * as fc from 'fast-check';
import { operations } from './document.ts';
import { mark } from './marks.ts';
import { hostileBody } from './hostile-bodies.ts';
import { brokenWire, hostileHeader } from './hostile-headers.ts';
import { altered, CALLERS, type Generated } from './request.ts';
import { pathOf, queryText, valid } from './valid.ts';
import { nastyText } from './values.ts';

const anOperation = fc.constantFrom(...operations);
const lists = fc.constantFrom(...operations.filter(({ query }) => 'cursor' in query));

export function hostileRequest(): fc.Arbitrary<Generated> {
  return fc
    .oneof(
      { weight: 4, arbitrary: hostileBody() },
      { weight: 3, arbitrary: hostileHeader() },
      { weight: 2, arbitrary: hostilePath() },
      { weight: 2, arbitrary: hostileQuery() },
      { weight: 1, arbitrary: oddMethod() },
      { weight: 1, arbitrary: brokenWire() },
    )
    .map((request) => altered(request, { sort: 'hostile' }));
}

const PATHS = [
  '/',
  '//',
  '/v1',
  '/v1/',
  '/v1/products/',
  '//v1/products',
  '/v1//products',
  '/V1/PRODUCTS',
  '/v1/products/%',
  '/v1/products/%zz',
  '/v1/products/%ff',
  '/v1/products/%c0%af',
  '/v1/products/%00',
  '/v1/products/../../livez',
  '/v1/products/..%2f..%2flivez',
  '/v1/products;a=b',
  '/v1/orders/%2e%2e/pay',
  '/v1/orders/{id}',
  '/v1/customers/me/',
  '/v1/customers/ME',
  '/problems/__proto__',
  '/problems/constructor',
  '/problems/%E2%82%AC',
  '/docs/../openapi.json',
  '/docs/static/..%2f..%2f..%2fpackage.json',
  '/docs/static/%00',
  '/dev/token',
  '/openapi.json?a=b',
  '/livez?__proto__=1',
  '/?' + 'a'.repeat(8000),
  `/v1/products/${'0'.repeat(16_000)}`,
  `/v1/products/${'%41'.repeat(4000)}`,
  '*',
  'http://elsewhere.example/v1/products',
  'v1/products',
  '/v1/products#fragment',
  '/v1/pro\tducts',
  '/v1/ünïcode',
];

function hostilePath(): fc.Arbitrary<Generated> {
  const nastyPath = nastyText.map((text) => `/v1/${queryText({ id: text }).slice('?id='.length)}`);
  return fc
    .record({
      asker: fc.constantFrom(...CALLERS),
      method: fc.constantFrom('GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS'),
      path: fc.oneof(fc.constantFrom(...PATHS), nastyPath),
    })
    .map(({ asker, method, path }) => ({
      sort: 'hostile',
      operation: 'a path',
      caller: asker,
      method,
      path,
      headers: [],
    }));
}

function hostileQuery(): fc.Arbitrary<Generated> {
  const text = nastyText.map((value) => queryText({ x: value }).slice('?x='.length));
  const cursor = fc.nat(9999).map((n) => mark('cursor', n));
  const name = fc.constantFrom('q', 'category', 'cursor', 'sort', 'limit', 'status', 'customerId');
  const member = fc.tuple(name, text).map((pair) => pair.join('='));
  return fc
    .record({
      operation: lists,
      n: fc.nat(9999),
      members: fc.array(member, { minLength: 1, maxLength: 3 }),
      forged: fc.option(cursor, { nil: undefined }),
      asker: fc.constantFrom('admin' as const, 'customer' as const),
    })
    .map(({ operation, n, members, forged, asker }) => ({
      sort: 'hostile',
      operation: operation.name,
      caller: asker,
      method: 'GET',
      path: forged ?? `${pathOf(operation, n)}?${members.join('&')}`,
      headers: [],
    }));
}

const METHODS = [
  'HEAD',
  'OPTIONS',
  'PUT',
  'PATCH',
  'DELETE',
  'TRACE',
  'PROPFIND',
  'SEARCH',
  'M-SEARCH',
  'PURGE',
  'QUERY',
];

function oddMethod(): fc.Arbitrary<Generated> {
  return fc
    .record({ request: anOperation.chain(valid), method: fc.constantFrom(...METHODS) })
    .map(({ request, method }) => altered(request, { method }));
}
