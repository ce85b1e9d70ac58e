import { v7 as uuidv7 } from 'uuid';
import { ADDRESS, makeProduct, requestOrder } from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

test.each([
  ['no lines', { lines: [] }, '/lines'],
  [
    'too many',
    { lines: Array.from({ length: 101 }, () => ({ productId: uuidv7(), quantity: 1 })) },
    '/lines',
  ],
  ['nothing of it', { lines: [{ productId: uuidv7(), quantity: 0 }] }, '/lines/0/quantity'],
  [
    'more than a thousand',
    { lines: [{ productId: uuidv7(), quantity: 1001 }] },
    '/lines/0/quantity',
  ],
  ['no product', { lines: [{ quantity: 1 }] }, '/lines/0/productId'],
  [
    'a country in words',
    { shippingAddress: { ...ADDRESS, country: 'England' } },
    '/shippingAddress/country',
  ],
  ['a note that is too long', { note: 'x'.repeat(1001) }, '/note'],
  ['someone else', { customerId: uuidv7() }, '/customerId'],
])('an order is refused that names %s', async (_, wrong: object, pointer) => {
  const { authorization } = store.newCustomer();
  const lines = [{ productId: uuidv7(), quantity: 1 }];

  const response = await requestOrder(store, Object.assign({ authorization, lines }, wrong));

  expect(response.json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
  expect(response.json<{ errors: object[] }>().errors).toContainEqual(
    expect.objectContaining({ pointer }),
  );
});

test('a product stands in an order once, in whatever case its id is written', async () => {
  const { id } = await makeProduct(store, { stock: 5 });
  const { authorization } = store.newCustomer();

  const response = await requestOrder(store, {
    authorization,
    lines: [
      { productId: id, quantity: 1 },
      { productId: id.toUpperCase(), quantity: 1 },
    ],
  });

  expect(response.json()).toMatchObject({
    status: 400,
    errors: [{ pointer: '/lines/1/productId' }],
  });
});

test('of a body full of failing members only the first is looked for', async () => {
  const { authorization } = store.newCustomer();
  const lines = Array.from({ length: 100_000 }, () => Object.create(null));

  const response = await requestOrder(store, { authorization, lines });

  const { errors } = response.json<{ errors: object[] }>();
  expect(errors).toEqual([{ pointer: '/lines', detail: 'must NOT have more than 100 items' }]);
});
