import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type QueryResult } from 'pg';
import {
  createTestDatabase,
  type TestDatabase,
} from '../../../service/testing/template-database.ts';
import { fill } from '../fill.ts';
import { modelName, productId } from '../rows.ts';
import { pgbenchScripts } from './scripts.ts';

const scripts = [...pgbenchScripts()];

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  await fill(database.superuserUrl, { products: 100, customers: 3, orders: 90 });
  client = new Client(database.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test.each(scripts)('%s.sql is the statement of the store, as it is now', (name, text) => {
  expect(readFileSync(join(import.meta.dirname, `${name}.sql`), 'utf8')).toBe(text);
});

test('there is no other script', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.sql'));

  expect(files.toSorted()).toEqual(scripts.map(([name]) => `${name}.sql`).toSorted());
});

test.each([
  ['by-id', 1],
  ['list', 21],
  ['search', 21],
  ['own-orders', 21],
])('%s finds rows of `fill`', async (name, rows) => {
  expect((await run(name)).rowCount).toBe(rows);
});

test('order places an order', async () => {
  const { rows } = await run('order');

  expect(rows).toEqual([
    { mine: true, placed: expect.objectContaining({ status: 'placed', version: 1 }) },
  ]);
});

const FIRST = productId(1).slice(-12);

const VARIABLES: Readonly<Record<string, string>> = {
  product: FIRST,
  second: productId(2).slice(-12),
  customer: FIRST,
  model: modelName(1).slice(2),
  key: '1',
  order: '1000000000000000001',
  change: '1000000000000000002',
  other_change: '1000000000000000003',
};

/** As pgbench would, which need not be there. */
function run(name: string): Promise<QueryResult> {
  const text = pgbenchScripts().get(name) ?? '';
  const statement = text.replaceAll(/^\\set .*$/gm, '');
  return client.query(
    statement.replaceAll(
      /(?<!:):([a-z]\w*)/gi,
      (_, variable: string) => `'${VARIABLES[variable]}'`,
    ),
  );
}
