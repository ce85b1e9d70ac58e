import { randomUUID } from 'node:crypto';
import type { Customer } from '../../service/customers/schemas.ts';
import { call } from './client.ts';
import { ADDRESS, ANY_VERSION, postOrder, useFixture } from './fixture.ts';
import { pagesOf } from './pages.ts';
import type { Person } from './people.ts';

const ME = '/v1/customers/me';
const PROFILE = { name: 'Ada Lovelace', email: 'ada@example.com', address: ADDRESS };
const NOTHING = { name: null, email: null, address: null };

const store = useFixture();

function putProfile(as: Person, body: object, headers: Record<string, string> = ANY_VERSION) {
  return call<Customer>('PUT', ME, { as, body, headers });
}

test('a customer is known from the first look at their profile, by their id alone', async () => {
  const customer = await store.newCustomer();

  const first = await call<Customer>('GET', ME, { as: customer });
  const second = await call<Customer>('GET', ME, { as: customer });

  expect(first).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'no-store', etag: `"${first.json.version}"` },
    json: { id: customer.id, ...NOTHING },
  });
  expect(second.json).toEqual(first.json);
});

test('a profile is replaced as a whole', async () => {
  const customer = await store.newCustomer();
  const { name, email } = PROFILE;

  const full = await putProfile(customer, PROFILE);
  const short = await putProfile(customer, { name, email });

  expect(full).toMatchObject({ status: 200, json: { id: customer.id, ...PROFILE } });
  expect(short).toMatchObject({ status: 200, json: { name, email, address: null } });
  expect((await call('GET', ME, { as: customer })).json).toEqual(short.json);
});

test('a profile that is still the same is not sent again', async () => {
  const customer = await store.newCustomer();
  const { headers } = await putProfile(customer, PROFILE);

  const answer = await call('GET', ME, {
    as: customer,
    headers: { 'if-none-match': headers['etag'] ?? '' },
  });

  expect(answer).toMatchObject({ status: 304, text: '' });
});

test('replacing and deleting a profile need the version that was read', async () => {
  const customer = await store.newCustomer();
  const { headers } = await call('GET', ME, { as: customer });
  const read = { 'if-match': headers['etag'] ?? '' };

  const without = [
    await putProfile(customer, PROFILE, {}),
    await call('DELETE', ME, { as: customer }),
  ];
  const fresh = await putProfile(customer, PROFILE, read);
  const stale = [
    await putProfile(customer, PROFILE, read),
    await call('DELETE', ME, { as: customer, headers: read }),
  ];

  const required = { status: 428, json: { code: 'PRECONDITION_REQUIRED' } };
  const failed = { status: 412, json: { code: 'PRECONDITION_FAILED' } };
  expect(without).toMatchObject([required, required]);
  expect(fresh.status).toBe(200);
  expect(stale).toMatchObject([failed, failed]);
});

test.each([
  ['without a name', { email: PROFILE.email }, '/name'],
  ['without an email', { name: PROFILE.name }, '/email'],
  ['with what is no email', { ...PROFILE, email: 'ada' }, '/email'],
  ['with a country that has no code', { ...PROFILE, address: england() }, '/address/country'],
  ['with an id', { ...PROFILE, id: randomUUID() }, '/id'],
])('a profile %s is refused', async (_, body, pointer) => {
  const answer = await putProfile(await store.newCustomer(), body);

  expect(answer).toMatchObject({
    status: 400,
    json: { code: 'VALIDATION_FAILED', errors: [{ pointer }] },
  });
});

test('who deletes their profile is forgotten: in it, in their orders and in replays', async () => {
  const product = await store.addProduct({ stock: 1 });
  const customer = await store.newCustomer();
  const key = randomUUID();
  const body = {
    lines: [{ productId: product.id, quantity: 1 }],
    shippingAddress: ADDRESS,
    note: 'For Ada Lovelace',
  };
  await putProfile(customer, PROFILE);
  const { json: order } = await postOrder(customer, body, key);

  const answer = await call('DELETE', ME, { as: customer, headers: ANY_VERSION });

  expect(answer).toMatchObject({ status: 204, text: '' });
  const profile = await call('GET', ME, { as: customer });
  expect(profile.json).toMatchObject({ id: customer.id, ...NOTHING });
  const kept = await call('GET', `/v1/orders/${order.id}`, { as: customer });
  expect(kept).toMatchObject({
    status: 200,
    json: { lines: order.lines, total: order.total, shippingAddress: null, note: null },
  });
  const replay = await postOrder(customer, body, key);
  expect(replay).toMatchObject({ status: 201, headers: { 'idempotent-replayed': 'true' } });
  expect(replay.json).toEqual({ ...order, shippingAddress: null, note: null });
  expect(replay.text).not.toContain('Lovelace');
});

test('an admin reads each customer', async () => {
  const [customer, as] = [await store.newCustomer(), await store.admin()];
  const { json: profile } = await putProfile(customer, PROFILE);

  const answer = await call('GET', `/v1/customers/${customer.id}`, { as });

  expect(answer).toMatchObject({ status: 200, json: profile });
});

test('the list of customers shows a new one, in pages of the size that was asked for', async () => {
  const [customer, as] = [await store.newCustomer(), await store.admin()];
  await putProfile(customer, PROFILE);

  let found: Customer | undefined;
  for await (const page of pagesOf<Customer>('/v1/customers?limit=5', as)) {
    expect(page.length).toBeLessThanOrEqual(5);
    found = page.find(({ id }) => id === customer.id);
    if (found !== undefined) break;
  }

  expect(found).toMatchObject({ id: customer.id, ...PROFILE });
});

test('an unknown customer is not found, and what is no id is refused', async () => {
  const as = await store.admin();

  const unknown = await call('GET', `/v1/customers/${randomUUID()}`, { as });
  const malformed = await call('GET', '/v1/customers/ada', { as });

  expect(unknown).toMatchObject({ status: 404, json: { code: 'CUSTOMER_NOT_FOUND' } });
  expect(malformed).toMatchObject({ status: 400, json: { errors: [{ pointer: '/id' }] } });
});

function england() {
  return { ...ADDRESS, country: 'England' };
}
