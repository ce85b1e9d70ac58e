/** Header fields that lie or break off, and bytes that are no HTTP. */
import * as fc from 'fast-check';
import { operations } from './document.ts';
import { altered, type Generated, type Wire } from './request.ts';
import { valid } from './valid.ts';
import { nastyText } from './values.ts';

const anOperation = fc.constantFrom(...operations);

export function hostileHeader(): fc.Arbitrary<Generated> {
  const value = fc.oneof(fc.constantFrom(...VALUES), nastyText);
  const field = fc.tuple(fc.constantFrom(...FIELDS), value);
  return fc
    .record({
      request: anOperation.chain(valid),
      fields: fc.array(field, { minLength: 1, maxLength: 3 }),
      isTwice: fc.boolean(),
      filler: fc.constantFrom(0, 0, 0, 50, 1500, 3000),
    })
    .map(({ request, fields, isTwice, filler }) => {
      const fillers = Array.from({ length: filler }, (_, n) => [`x-${n}`, ''] as const);
      const twice = isTwice ? fields : [];
      return altered(request, { headers: [request.headers, fields, twice, fillers].flat() });
    });
}

export function brokenWire(): fc.Arbitrary<Generated> {
  return fc
    .record({ request: anOperation.chain(valid), wire: fc.constantFrom(...WIRES) })
    .map(({ request, wire }) => altered(request, { wire }));
}

/** Names whose values are looked at, by the service or by something below it. */
const FIELDS = [
  'accept',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'authorization',
  'content-encoding',
  'content-type',
  'cookie',
  'expect',
  'idempotency-key',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'origin',
  'range',
  'upgrade',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-http-method-override',
  'x-request-id',
  '__proto__',
];

const VALUES = [
  '*',
  '"',
  '""',
  'W/',
  'W/"*"',
  '"1", "2", *',
  ','.repeat(5000),
  '"1",'.repeat(3000),
  'x'.repeat(15_000),
  'x'.repeat(20_000),
  'a\tb',
  'gzip',
  'chunked',
  'application/json; charset=utf-16',
  'application/json; charset="utf-8',
  'application/json;;;=',
  'application/json, application/json',
  'APPLICATION/JSON',
  'application/vnd.api+json',
  'multipart/form-data; boundary=',
  '/'.repeat(500),
  'bytes=0-0,-1',
  'Bearer',
  'Bearer a.b.c',
  'Bearer ..',
  'ApiKey',
  `ApiKey ${'k'.repeat(5000)}`,
  'ApiKey store_\u00e9',
  'Basic YTpi',
  '127.0.0.1, ::1, unknown, _hidden',
  'null',
  '100-continue',
  'websocket',
  'DELETE',
];

const WIRES: readonly Wire[] = [
  { lengthLie: 10 },
  { lengthLie: -3 },
  { lengthLie: -1000 },
  { lines: ['content-length: 5', 'content-length: 6'] },
  { lines: ['content-length: 5x'] },
  { lines: ['content-length: 99999999999999999999'] },
  { lines: ['transfer-encoding: chunked', 'content-length: 3'] },
  { lines: ['transfer-encoding: chunked'] },
  { lines: ['transfer-encoding: xchunked'] },
  { lines: ['host: a', 'host: b'] },
  { lines: ['no colon here'] },
  { lines: [': no name'] },
  { lines: ['bad name: x'] },
  { lines: ['x: a', ' folded'] },
  { lines: ['x-request-id: a\0b'] },
  { lines: ['if-match: \u0001'] },
  { lines: [`x: ${'y'.repeat(64 * 1024)}`] },
  {
    lines: [
      'upgrade: h2c',
      'connection: upgrade, http2-settings',
      'http2-settings: AAMAAABkAAQAAP__',
    ],
  },
  { requestLine: 'get /v1/products HTTP/1.1' },
  { requestLine: 'GET /v1/products HTTP/1.0' },
  { requestLine: 'GET /v1/products HTTP/9.9' },
  { requestLine: 'GET /v1/products' },
  { requestLine: 'GET  /v1/products  HTTP/1.1' },
  { requestLine: 'BREW /coffee HTCPCP/1.0' },
  { requestLine: 'CONNECT elsewhere.example:443 HTTP/1.1' },
  { requestLine: 'PRI * HTTP/2.0' },
  { requestLine: '\u0016\u0003\u0001\u0002\0\u0001' },
];
