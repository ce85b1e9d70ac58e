import { makeProduct, placeOrder } from '../testing/builders.ts';
import { connected, createTestDatabase } from '../testing/template-database.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import { loadOwnerConfig } from '../config.ts';
import { asOwner } from './owner.ts';
import { secretsManager } from './secret-store.ts';
import { inspect } from './inspection.ts';

let store: TestStore;
beforeEach(async () => {
  store = await startTestStore();
});
afterEach(() => store.close());

function inspected(url = store.database.ownerUrl) {
  // A URL says who logs in: no secret is read.
  return asOwner(loadOwnerConfig({ DATABASE_URL: url }).database, secretsManager(), inspect);
}

async function anOrder(): Promise<void> {
  const { authorization } = store.newCustomer();
  const { id: productId } = await makeProduct(store, { stock: 5 });
  await placeOrder(store, { authorization, lines: [{ productId, quantity: 2 }] });
}

test('what the service wrote is whole, and is counted', async () => {
  await anOrder();

  const { schema, rows, broken, newest } = await inspected();

  expect(schema).toEqual({ build: expect.any(Number), minimumBuild: expect.any(Number) });
  expect(rows).toMatchObject({ products: 1, orders: 1, order_lines: 1, stock_changes: 2 });
  expect(Object.values(broken)).toEqual([0, 0, 0]);
  expect(newest).toMatchObject({ order: expect.stringMatching(/^\d{4}-.*Z$/) });
});

test.each([
  ['UPDATE products SET stock = stock + 1', 'products whose stock'],
  ['UPDATE orders SET total_amount = total_amount + 1', 'orders whose total'],
  ['DELETE FROM order_lines', 'orders whose total'],
  ["UPDATE orders SET status = 'paid'", 'orders whose status'],
])('a ledger that does not add up is found: %s', async (fault, rule) => {
  await anOrder();
  await connected(store.database.ownerUrl, (owner) => owner.query(fault));

  const { broken } = await inspected();

  expect(Object.entries(broken).filter(([, count]) => count > 0)).toEqual([
    [expect.stringContaining(rule), 1],
  ]);
});

test('a moment before the first migration has no tables, and that is said', async () => {
  const empty = await createTestDatabase({ empty: true });

  const { schema, rows } = await inspected(empty.ownerUrl);
  await empty.drop();

  expect(rows).toEqual({});
  expect(schema.mismatch).toBe('nothing was migrated yet');
});
