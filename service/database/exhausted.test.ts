import { makeProduct, readProduct, requestOrder } from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import { connected } from '../testing/template-database.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

// A full disk needs root (see the drills); its error does not.
test.each([
  ['53100', 'its disk is full'],
  ['53200', 'its memory is'],
])('a database that says %s, %s, sells nothing until it has room', async (code) => {
  const { id: productId } = await makeProduct(store, { stock: 5 });
  const { authorization } = store.newCustomer();
  const order = { authorization, key: code, lines: [{ productId, quantity: 2 }] };
  const owner = (sql: string) => connected(store.database.ownerUrl, (client) => client.query(sql));
  await owner(`
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN RAISE 'No space left on device' USING ERRCODE = '${code}'; END $$;
    CREATE TRIGGER no_room BEFORE INSERT ON orders EXECUTE FUNCTION no_room()`);

  const refused = await requestOrder(store, order);
  await owner('DROP FUNCTION no_room CASCADE');
  const repeated = await requestOrder(store, order);

  expect(refused.json()).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
  expect(refused.headers['retry-after']).toBe('2');
  expect(refused.body).not.toContain('space');
  expect(repeated.statusCode).toBe(201);
  expect((await readProduct(store, productId)).stock).toBe(3);
});
