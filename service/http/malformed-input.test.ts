import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { makeProduct, placeOrder } from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';

// Whatever is sent to whatever route: never a 500, and every refusal is a problem that the
// document knows (`request` holds each answer against it).

/** Requests for each route; with the seed that a failure prints, the same ones again. */
const RUNS = 60;

interface Operation {
  parameters?: { name: string; in: string; schema: object }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface Schema {
  examples?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  $ref?: string;
}

let store: TestStore;
let known: string[];
beforeAll(async () => {
  store = await startTestStore();
  const { id: productId } = await makeProduct(store, { stock: 1_000_000 });
  const { authorization, id } = store.newCustomer();
  const order = await placeOrder(store, { authorization, lines: [{ productId, quantity: 1 }] });
  known = [productId, order.id, id];
});
afterAll(() => store.close());

const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    '\u0000',
    '\ud800',
    'x'.repeat(10_000),
    -1,
    0,
    1e308,
    2 ** 53,
    0.1,
    null,
    true,
    [],
    {},
    '__proto__',
    "'; DROP TABLE products; --",
    '%00',
    '999999999999999999999999',
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

/** A value of the schema, mostly, with something nasty somewhere. */
function near(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: shaped(schema) }, { weight: 1, arbitrary: nasty });
}

function shaped({ $ref, examples, anyOf, properties, items }: Schema): fc.Arbitrary<unknown> {
  if ($ref !== undefined) return shaped(component($ref));
  if (examples !== undefined) return fc.constantFrom(...examples);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map(near));
  if (items !== undefined) return fc.array(near(items), { maxLength: 4 });
  if (properties === undefined) return nasty;
  const members = Object.entries(properties).map(([name, member]) => [name, near(member)] as const);
  return fc.oneof(
    { weight: 4, arbitrary: fc.record(Object.fromEntries(members), { requiredKeys: [] }) },
    {
      weight: 1,
      arbitrary: fc.record({ ...Object.fromEntries(members), unknown: nasty }),
    },
  );
}

function component(reference: string): Schema {
  const { components } = store.app.swagger() as unknown as {
    components: { schemas: Record<string, Schema> };
  };
  return components.schemas[reference.split('/').at(-1) ?? ''] ?? {};
}

const text = nasty.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));

function requests(method: string, path: string, operation: Operation) {
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  return fc.record({
    method: fc.constant(method.toUpperCase() as 'GET'),
    id: fc.oneof(fc.constantFrom(...known), text),
    query: fc.record(
      Object.fromEntries([...query.map(({ name }) => name), 'x'].map((name) => [name, text])),
      { requiredKeys: [] },
    ),
    body: body === undefined ? fc.option(nasty, { nil: undefined }) : near(body),
    ifMatch: fc.option(fc.oneof(fc.constant('*'), headerText), { nil: undefined }),
    key: fc.option(fc.oneof(fc.uuid(), headerText), { nil: undefined }),
    type: fc.constantFrom('application/json', 'application/merge-patch+json', 'text/plain', ''),
    path: fc.constant(path),
  });
}

/** What Node lets a client send as a header. */
const headerText = fc.string({
  unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCodePoint(code)),
});

test('whatever is sent to whatever route, nothing breaks', async () => {
  const { paths } = store.app.swagger() as unknown as {
    paths: Record<string, Record<string, Operation>>;
  };
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

  for (const { path, method, operation } of routes) {
    await fc.assert(
      fc.asyncProperty(requests(method, path, operation), async (request) => {
        const url = `${path.replaceAll(/\{\w+\}/g, encode(request.id))}?${encodeQuery(request.query)}`;
        const response = await store.request({
          method: request.method,
          url,
          headers: headersOf(request),
          ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
        });
        expect([url, response.statusCode]).not.toEqual([url, 500]);
      }),
      { numRuns: RUNS },
    );
  }
}, 60_000);

function headersOf({
  ifMatch,
  key,
  type,
}: {
  ifMatch?: string | undefined;
  key?: string | undefined;
  type: string;
}) {
  return {
    authorization: store.admin,
    'idempotency-key': key ?? randomUUID(),
    ...(type !== '' && { 'content-type': type }),
    ...(ifMatch !== undefined && { 'if-match': ifMatch }),
  };
}

function encodeQuery(query: Record<string, string | undefined>): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${encode(value ?? '')}`)
    .join('&');
}

/** Half surrogate pairs cannot be written in a URL; their escape stays broken, as somebody may send. */
function encode(value: string): string {
  return value.isWellFormed() ? encodeURIComponent(value) : '%ed%a0%80';
}
