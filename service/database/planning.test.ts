import { v7 as uuidv7 } from 'uuid';
import { connected } from '../testing/template-database.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import { statements } from './statement.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

const TRIES = ['1', '2', '3', '4', '5', '6', '7'];

/** What a session of the service says after some orders for nothing that there is. */
function askAfterOrders<Row extends object>(text: string): Promise<Row[]> {
  return store.db.transaction(async (transaction) => {
    for (const key of TRIES) {
      const request = ['somebody', 'a route', key, Buffer.from(key), uuidv7(), uuidv7(), uuidv7()];
      const order = [[uuidv7()], [1], 'EUR', null, null, null, [uuidv7()]];
      const placeOrder = { name: 'place-order', text: statements.get('place-order')?.text ?? '' };
      await transaction.query(placeOrder, [...request, ...order]);
    }
    const { rows } = await transaction.query<Row>({ name: '', text });
    return rows;
  });
}

// To plan an order for its values takes longer than to place it.
test('orders are planned once, for all values', async () => {
  const rows = await askAfterOrders(
    `SELECT custom_plans::int AS times FROM pg_prepared_statements WHERE name = 'place-order'`,
  );

  expect(rows).toEqual([{ times: 0 }]);
});

// A plan lives until the table's statistics change, which may be many thousand orders later.
test('what is planned while the tables are empty reads them by their indexes', async () => {
  await connected(store.database.superuserUrl, (client) => client.query('VACUUM (ANALYZE)'));
  const id = `'${uuidv7()}'`;

  const rows = await askAfterOrders<{ 'QUERY PLAN': string }>(
    `EXPLAIN (COSTS OFF) EXECUTE "place-order" ('', '', '', '', ${id}, ${id}, ${id},
       ARRAY[${id}]::uuid[], ARRAY[1], 'EUR', NULL, NULL, NULL, ARRAY[${id}]::uuid[])`,
  );

  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('Index');
  expect(plan).not.toContain('Seq Scan');
});
