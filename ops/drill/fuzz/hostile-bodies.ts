/** Bodies that cost a lot to read, or mean something else than they seem to. */
import * as fc from 'fast-check';
import { operations } from './document.ts';
import { CALLERS, type Generated } from './request.ts';
import { pathOf } from './valid.ts';

const anOperation = fc.constantFrom(...operations);
const withBody = fc.constantFrom(...operations.filter(({ body }) => body !== undefined));

export function hostileBody(): fc.Arbitrary<Generated> {
  return fc
    .record({
      operation: fc.oneof(
        { weight: 4, arbitrary: withBody },
        { weight: 1, arbitrary: anOperation },
      ),
      n: fc.nat(9999),
      make: fc.constantFrom(...BODIES),
      size: fc.constantFrom(1, 20, 1000, 6000, 50_000, 110_000),
      type: fc.constantFrom('application/json', 'application/merge-patch+json'),
      caller: fc.constantFrom(...CALLERS, 'admin' as const, 'admin' as const),
      encoding: fc.constantFrom('utf8' as const, 'utf8' as const, 'latin1' as const),
    })
    .map(({ operation, n, make, size, type, caller, encoding }) => ({
      sort: 'hostile',
      caller,
      encoding,
      operation: operation.name,
      method: operation.method,
      path: pathOf(operation, n),
      headers: [
        ['content-type', type],
        ['if-match', '*'],
        ['idempotency-key', `hostile-${n}`],
      ],
      body: make(size),
    }));
}

const MEBIBYTE = 1024 * 1024;

/** Of about the size that is asked for, where it has one. */
const BODIES: readonly ((size: number) => string)[] = [
  (size) => '['.repeat(size) + ']'.repeat(size),
  (size) => '{"lines":'.repeat(size) + '1' + '}'.repeat(size),
  (size) => `{"name":${'['.repeat(size)}${']'.repeat(size)}}`,
  (size) => `{"lines":[${'{"productId":1},'.repeat(size)}1]}`,
  (size) => `{"lines":[${Array.from({ length: size }, () => '[1,2]').join()}]}`,
  (size) => `{${Array.from({ length: size }, (_, n) => `"m${n}":${n}`).join()}}`,
  (size) => `{"name":"${'a'.repeat(size)}"}`,
  (size) => `{"name":"${String.raw`\u0041`.repeat(size)}"}`,
  (size) => `{"email":"${'a.'.repeat(size)}@example.com"}`,
  (size) => `{"imageUrl":"https://${'a/'.repeat(size)}"}`,
  (size) => `{"description":"${' '.repeat(size)}\\u0000"}`,
  (size) => `${' '.repeat(size)}{}`,
  (size) => `{"quantity":${'9'.repeat(size)}}`,
  (size) => `{"quantity":-1e${size},"reason":"x"}`,
  (size) => `{"quantity":1.${'0'.repeat(size)},"reason":"x"}`,
  () => '{"__proto__":{"admin":true}}',
  () => '{"constructor":{"prototype":{"admin":true}}}',
  () => String.raw`{"\u005f_proto__":{"admin":true}}`,
  () => '{"name":"a","name":"b","sku":"x","sku":"y","price":{"amount":1,"currency":"EUR"}}',
  () => '{"quantity":1,"quantity":-1,"reason":"twice"}',
  () => String.raw`{"name":"\ud800","reason":"\ud800","note":"\udfff"}`,
  () => '{"name":"é","reason":"ÿ"}',
  () => '{"a":01}',
  () => '{"a":NaN}',
  () => "{'a':1}",
  () => '\ufeff{}',
  () => '{}\0',
  () => 'a=b&c=d',
  () => `{"name":"${'x'.repeat(MEBIBYTE)}"}`,
];
