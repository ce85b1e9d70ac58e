import { v7 as uuidv7 } from 'uuid';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import type { Scope } from './principal.ts';

let store: TestStore;
let credentials: Record<string, string | undefined>;
beforeAll(async () => {
  store = await startTestStore();
  credentials = {
    anyone: undefined,
    customer: store.newCustomer().authorization,
    admin: store.admin,
    'products:write': await machine(['products:write']),
    'orders:read': await machine(['orders:read']),
    'orders:write': await machine(['orders:write']),
  };
});
afterAll(() => store.close());

async function machine(scopes: Scope[]): Promise<string> {
  const response = await store.request({
    method: 'POST',
    url: '/v1/api-keys',
    headers: { authorization: store.admin },
    body: { name: 'machine', scopes },
  });
  return `ApiKey ${response.json<{ key: string }>().key}`;
}

const id = uuidv7();
const admins = ['admin'];
const people = ['customer', 'admin'];
const everyone = ['anyone', 'customer', 'admin', 'products:write', 'orders:read', 'orders:write'];
const staff = (scope: string) => ['admin', scope];
const peopleAnd = (scope: string) => [...people, scope];

// The contract's table, route by route: who is let through.
const table: [string, readonly string[]][] = [
  ['GET /v1/products', everyone],
  [`GET /v1/products/${id}`, everyone],
  ['POST /v1/products', staff('products:write')],
  [`PATCH /v1/products/${id}`, staff('products:write')],
  [`DELETE /v1/products/${id}`, staff('products:write')],
  [`POST /v1/products/${id}/stock-changes`, staff('products:write')],
  [`GET /v1/products/${id}/stock-changes`, staff('products:write')],
  ['POST /v1/orders', peopleAnd('orders:write')],
  ['GET /v1/orders', peopleAnd('orders:read')],
  [`GET /v1/orders/${id}`, peopleAnd('orders:read')],
  [`PATCH /v1/orders/${id}`, peopleAnd('orders:write')],
  [`POST /v1/orders/${id}/cancel`, peopleAnd('orders:write')],
  [`POST /v1/orders/${id}/pay`, staff('orders:write')],
  [`POST /v1/orders/${id}/ship`, staff('orders:write')],
  [`POST /v1/orders/${id}/deliver`, staff('orders:write')],
  [`POST /v1/orders/${id}/refund`, staff('orders:write')],
  ['GET /v1/customers/me', people],
  ['PUT /v1/customers/me', people],
  ['DELETE /v1/customers/me', people],
  ['GET /v1/customers', admins],
  [`GET /v1/customers/${id}`, admins],
  ['POST /v1/api-keys', admins],
  ['GET /v1/api-keys', admins],
  [`DELETE /v1/api-keys/${id}`, admins],
];

test.each(table)('%s is for %s', async (route, permitted) => {
  const [method, url] = route.split(' ') as ['GET', string];
  const through: string[] = [];

  for (const [who, authorization] of Object.entries(credentials)) {
    const headers = authorization === undefined ? {} : { authorization };
    const { statusCode } = await store.request({ method, url, headers });
    const refusal = who === 'anyone' ? 401 : 403;
    if (statusCode !== refusal) through.push(who);
  }

  expect(through.toSorted()).toEqual([...permitted].toSorted());
});

test('the table has every route below /v1', () => {
  const { paths } = store.app.swagger() as unknown as { paths: Record<string, object> };
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('{id}', id)}`),
  );

  const ours = routes.filter((route) => route.includes(' /v1'));
  expect(ours.toSorted()).toEqual(table.map(([route]) => route).toSorted());
});
