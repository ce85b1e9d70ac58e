/** Requests that should succeed, as far as the document and the store's rules tell. */
import * as fc from 'fast-check';
import { type Operation, operations, type Schema } from './document.ts';
import { type Kind, mark } from './marks.ts';
import { altered, type Caller, type Generated } from './request.ts';
import { permittedCallers } from './roles.ts';
import { permitted } from './values.ts';

export function validRequest(): fc.Arbitrary<Generated> {
  return fc.oneof(
    ...operations.map((operation) => ({
      weight: weightOf(operation),
      arbitrary: valid(operation),
    })),
    { weight: 2, arbitrary: nextPage() },
  );
}

/** Orders are what most can go wrong with; what is taken away must be made more often. */
function weightOf({ name }: Operation): number {
  if (name === 'POST /v1/orders') return 8;
  if (name.startsWith('DELETE') || !name.includes('/v1/')) return 1;
  return 2;
}

export function valid(operation: Operation): fc.Arbitrary<Generated> {
  const { name, method, query, body, mediaTypes } = operation;
  return fc
    .record({
      caller: fc.constantFrom(...permittedCallers(name)),
      n: fc.nat(9999),
      query: fc.record(queryOf(query), { requiredKeys: [] }),
      body: body === undefined ? fc.constant(undefined) : permitted(body),
      type: fc.constantFrom(...mediaTypes, ''),
      key: fc.uuid(),
      match: fc.constantFrom('*', mark('etag', 0)),
    })
    .map((drawn) => {
      const { caller, n } = drawn;
      const path = pathOf(operation, n) + queryText(withoutForeign(drawn.query, caller));
      const headers = headersOf(operation, drawn);
      const request: Generated = { sort: 'valid', operation: name, caller, method, path, headers };
      if (drawn.body === undefined) return request;
      return altered(request, { body: JSON.stringify(bodyFor(drawn.body, name, caller)) });
    });
}

function queryOf(query: Readonly<Record<string, Schema>>) {
  const { cursor: _cursor, ...others } = query;
  return Object.fromEntries(
    Object.entries(others).map(([name, schema]) => [name, permitted(schema, name)]),
  );
}

/** Only staff may ask for what is another's, or archived. */
function withoutForeign(query: Record<string, unknown>, caller: Caller) {
  const { customerId, archived, ...others } = query;
  return {
    ...others,
    ...(customerId !== undefined && ['admin', 'machine'].includes(caller) && { customerId }),
    ...(archived !== undefined && caller === 'admin' && { archived }),
  };
}

/** Staff must say whose order it is, customers may not. */
function bodyFor(body: unknown, name: string, caller: Caller): unknown {
  if (name !== 'POST /v1/orders') return body;
  const { customerId: _customerId, ...order } = body as Record<string, unknown>;
  const isStaff = caller === 'admin' || caller === 'machine';
  return { ...order, ...(isStaff && { customerId: mark('customer', 0) }) };
}

function headersOf(
  { headers, mediaTypes }: Operation,
  { type, key, match }: { type: string; key: string; match: string },
): [string, string][] {
  return [
    ...(mediaTypes.length > 0
      ? [['content-type', type || 'application/json'] as [string, string]]
      : []),
    ...(headers.has('if-match') ? [['if-match', match] as [string, string]] : []),
    ...(headers.has('if-none-match') && match !== '*'
      ? [['if-none-match', match] as [string, string]]
      : []),
    ...(headers.has('idempotency-key') ? [['idempotency-key', key] as [string, string]] : []),
  ];
}

export function queryText(query: Record<string, unknown>): string {
  const members = Object.entries(query).map(([name, value]) => `${name}=${encode(String(value))}`);
  return members.length === 0 ? '' : `?${members.join('&')}`;
}

/** Marks are replaced by what needs no escape; half surrogate pairs stay broken, as somebody may send. */
function encode(text: string): string {
  if (text.startsWith('‹')) return text;
  return text.isWellFormed() ? encodeURIComponent(text) : '%ed%a0%80';
}

/** Statuses in which a transition is permitted. */
const FROM: Readonly<Record<string, string>> = {
  pay: 'placed',
  ship: 'paid',
  deliver: 'shipped',
  cancel: 'placed paid',
  refund: 'paid shipped delivered',
};

const IDS: readonly (readonly [prefix: string, kind: Kind])[] = [
  ['/v1/products/', 'product'],
  ['/v1/orders/', 'order'],
  ['/v1/customers/', 'customer'],
  ['/v1/api-keys/', 'key'],
];

export function pathOf({ method, path }: Operation, n: number): string {
  const kind = IDS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'product';
  const isChange = method === 'PATCH' && kind === 'order';
  const state = isChange ? 'placed paid' : (FROM[path.split('/').at(-1) ?? ''] ?? '');
  return path.replace('{id}', mark(kind, n, state)).replace('{code}', 'product-not-found');
}

function nextPage(): fc.Arbitrary<Generated> {
  return fc
    .record({ n: fc.nat(9999), caller: fc.constantFrom('anyone', 'admin', 'customer') })
    .map(({ n, caller }): Generated => ({
      sort: 'valid',
      operation: 'the next page',
      caller: caller as Caller,
      method: 'GET',
      path: mark('page', n),
      headers: [],
    }));
}
