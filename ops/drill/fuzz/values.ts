/** Values of a schema: those that it permits, those just outside, and those that nobody expects. */
import * as fc from 'fast-check';
import { resolved, type Schema } from './document.ts';
import { mark } from './marks.ts';

/** A value that the schema permits. @param name of the member; some mean more than their schema says */
export function permitted(schema: Schema, name = ''): fc.Arbitrary<unknown> {
  const meaning = MEANINGS[name];
  if (meaning !== undefined) return meaning;
  const said = resolved(schema);
  if (said.anyOf !== undefined) return fc.oneof(...said.anyOf.map((one) => permitted(one, name)));
  if (typeof said.type === 'object')
    return fc.oneof(...said.type.map((type) => ofType(said, type)));
  if (said.enum !== undefined) return fc.constantFrom(...said.enum);
  const plain = byType(said);
  if (said.examples === undefined) return plain;
  return fc.oneof(fc.constantFrom(...said.examples), plain);
}

/** One of the types that a schema permits. */
function ofType(schema: Schema, type: string): fc.Arbitrary<unknown> {
  return type === 'null' ? fc.constant(null) : permitted({ ...schema, type });
}

function byType(schema: Schema): fc.Arbitrary<unknown> {
  const { type = '', items = {}, minItems = 0, maxItems = 5 } = schema;
  if (type === 'object') return objectOf(schema);
  if (type === 'integer') return integer(schema);
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (type !== 'array') return text(schema);
  return fc.uniqueArray(permitted(items), { minLength: minItems, maxLength: maxItems });
}

function integer({ minimum = 0, maximum = 1_000_000 }: Schema): fc.Arbitrary<number> {
  const within = fc.integer({ min: minimum, max: maximum });
  return fc.oneof(within, fc.constantFrom(minimum, maximum));
}

function objectOf({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const members = Object.entries(properties).map(([name, member]) => [
    name,
    permitted(member, name),
  ]);
  // Fastify's schemas with a default are required in the document, and yet may be absent.
  return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...required],
  });
}

function text({ minLength = 0, maxLength = 100, pattern, format }: Schema): fc.Arbitrary<string> {
  if (format === 'email') return fc.nat(9999).map((n) => `person-${n}@example.com`);
  if (format === 'uri') return fc.webPath().map((path) => `https://images.example.com/${path}`);
  if (format === 'date-time') return fc.constant('2099-01-01T00:00:00.000Z');
  if (pattern !== undefined && !pattern.includes('u0000'))
    return fc.stringMatching(new RegExp(pattern));
  const words = fc.string({ unit: 'grapheme', minLength, maxLength });
  return words.filter((word) => {
    const { length } = Array.from(word);
    return (
      length >= minLength && length <= maxLength && !word.includes('\0') && !word.includes('‹')
    );
  });
}

const anyNumber = fc.nat(999);

/** Members whose value must fit to what is in the store. */
const MEANINGS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  sku: fc.uuid().map((id) => `FUZZ-${id}`),
  currency: fc.constant('EUR'),
  country: fc.constantFrom('GB', 'DE', 'FR'),
  expiresAt: fc.constant('2099-01-01T00:00:00.000Z'),
  customerId: anyNumber.map((n) => mark('customer', n)),
  // Each product once.
  lines: fc
    .uniqueArray(fc.record({ product: fc.nat(9), quantity: fc.integer({ min: 1, max: 5 }) }), {
      minLength: 1,
      maxLength: 5,
      selector: ({ product }) => product,
    })
    .map((lines) =>
      lines.map(({ product, quantity }) => ({ productId: mark('stocked', product), quantity })),
    ),
  quantity: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(-1, 1000)),
};

/** Texts that have broken something somewhere. */
export const nastyText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    '\udfff\ud800',
    '\ufeff',
    '\u202e\u2066',
    '👩‍👩‍👧‍👦'.repeat(50),
    'Z̷̛͈'.repeat(80),
    '\r\nSet-Cookie: a=b',
    "'; DROP TABLE products; --",
    "' OR '1'='1",
    String.raw`\'; SELECT pg_sleep(10); --`,
    '$1',
    '${7*7}',
    '__proto__',
    'constructor',
    'toString',
    '../../etc/passwd',
    '%00',
    '%',
    '%s%s%n',
    '<script>alert(1)</script>',
    'null',
    'NaN',
    '1e999',
    '999999999999999999999999',
    '0x10',
    '٣',
    '2026-02-30T25:61:61Z',
    'x'.repeat(10_000),
    "& | ! ( ) : * <-> 'a' \\",
  ),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme-composite', maxLength: 60 }),
);

export const nasty: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.constantFrom<unknown>(
    -1,
    -0,
    0,
    1.5,
    1e308,
    -1e308,
    2 ** 31,
    2 ** 53,
    1e-7,
    null,
    true,
    [],
    {},
    [[]],
    [null],
  ),
  fc.jsonValue({ maxDepth: 4 }),
);
