import { v7 as uuidv7 } from 'uuid';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import { statements } from './statement.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

// What is planned for its values costs an order twice the time that placing it takes.
test('orders are planned once, for all values', async () => {
  const { text } = statements.get('place-order') ?? { text: '' };
  const [nothing, nobody] = [uuidv7(), uuidv7()];
  const { rows } = await store.db.transaction(async (transaction) => {
    for (const key of ['1', '2', '3', '4', '5', '6', '7']) {
      const order = [[nothing], [1], 'EUR', null, null, null, [uuidv7()]];
      const request = ['somebody', 'a route', key, Buffer.from(key), uuidv7(), nobody, nobody];
      await transaction.query({ name: 'place-order', text }, [...request, ...order]);
    }
    return transaction.query<{ times: number }>({
      name: '',
      text: `SELECT custom_plans::int AS times FROM pg_prepared_statements
             WHERE name = 'place-order'`,
    });
  });

  expect(rows).toEqual([{ times: 0 }]);
});
