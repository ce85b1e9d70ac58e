import { v7 as uuidv7 } from 'uuid';
import { createLogger } from '../observability/logger.ts';
import type { Order } from '../orders/schemas.ts';
import { insertProduct } from '../products/queries.ts';
import type { Product, StockChange } from '../products/schemas.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import { CATALOGUE } from './catalogue.ts';
import { PEOPLE } from './people.ts';
import { seed } from './seed.ts';

const ALL = { products: CATALOGUE.length, customers: PEOPLE.length, orders: 200 };
const DAY = 24 * 60 * 60 * 1000;

describe('an empty store that was seeded', () => {
  let store: TestStore;
  let made: Awaited<ReturnType<typeof seed>>;
  let products: Product[];
  let orders: Order[];
  beforeAll(async () => {
    store = await startTestStore();
    made = await seedStore(store);
    products = await list<Product>(store, '/v1/products');
    orders = await list<Order>(store, '/v1/orders');
  }, 30_000);
  afterAll(() => store.close());

  test('has what was promised', async () => {
    const customers = await list<{ name: string }>(store, '/v1/customers');

    expect(made).toEqual(ALL);
    expect(products).toHaveLength(ALL.products);
    expect(new Set(products.map(({ category }) => category)).size).toBe(6);
    expect(customers.map(({ name }) => name).toSorted()).toEqual(
      PEOPLE.map(({ profile }) => profile.name),
    );
    expect(orders).toHaveLength(ALL.orders);
  });

  test('has a ledger whose sum is the stock, for every product', async () => {
    for (const { id, stock } of products) {
      const changes = await list<StockChange>(store, `/v1/products/${id}/stock-changes`);
      expect(changes.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(stock);
      expect(changes[0]?.stock).toBe(stock);
    }
  });

  test('is sold out of a few products, and nearly of a few more', () => {
    const few = (least: number, most: number) =>
      products.filter(({ stock }) => stock >= least && stock <= most).length;

    expect(few(0, 0)).toBeGreaterThanOrEqual(3);
    expect(few(0, 0)).toBeLessThanOrEqual(6);
    expect(few(1, 3)).toBeGreaterThanOrEqual(3);
  });

  test('has orders whose total is the sum of their lines', () => {
    for (const { lines, total } of orders) {
      expect(total.amount).toBe(lines.reduce((sum, line) => sum + line.total.amount, 0));
    }
  });

  test('has orders of the last 90 days, their numbers in the order of time', () => {
    const times = orders.map(({ placedAt }) => Date.parse(placedAt));
    const numbers = orders.map(({ number }) => number);

    expect(Math.min(...times)).toBeGreaterThan(Date.now() - 90 * DAY);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
  });

  test('has histories that ascend and never reach into the future', () => {
    const now = new Date().toISOString();
    for (const { history, placedAt, updatedAt, status } of orders) {
      const times = history.map(({ at }) => at);
      expect(times).toEqual(times.toSorted());
      expect(new Set(times).size).toBe(times.length);
      expect(history[0]).toMatchObject({ status: 'placed', at: placedAt });
      expect(history.at(-1)).toMatchObject({ status, at: updatedAt });
      expect(updatedAt < now).toBe(true);
    }
  });

  test('has every status, and nothing old that is not done', () => {
    const unfinished = orders.filter(({ status }) =>
      ['placed', 'paid', 'shipped'].includes(status),
    );
    const oldest = Math.min(...unfinished.map(({ placedAt }) => Date.parse(placedAt)));

    expect(new Set(orders.map(({ status }) => status)).size).toBe(6);
    expect(orders.filter(({ status }) => status === 'delivered').length).toBeGreaterThan(140);
    expect(oldest).toBeGreaterThan(Date.now() - 14 * DAY);
  });

  test('finds words of its descriptions', async () => {
    const found = await list<Product>(store, '/v1/products?q=induction');

    expect(found.map(({ sku }) => sku)).toEqual(['COF-KETTLE-GOOSE']);
  });

  test('is left alone by a second seed, even when all answers are forgotten', async () => {
    // As the purge does after a day.
    await store.db.write.query({ name: 'forget', text: 'DELETE FROM idempotency_keys' });

    const again = await seedStore(store);

    expect(again).toBeUndefined();
    expect(await list(store, '/v1/orders')).toEqual(orders);
    expect(await list(store, '/v1/products')).toEqual(products);
  });
});

test('a store with products of its own is left alone', async () => {
  const store = await startTestStore();
  const price = { amount: 100, currency: 'EUR' };
  await insertProduct(store.db.write, uuidv7(), {
    sku: 'OWN',
    name: 'Own',
    description: '',
    price,
  });

  const made = await seedStore(store);

  expect(made).toBeUndefined();
  expect(await list(store, '/v1/products')).toHaveLength(1);
  expect(await list(store, '/v1/customers')).toEqual([]);
  await store.close();
});

function seedStore({ db }: TestStore) {
  return seed({ db, log: createLogger('silent'), currency: 'EUR' });
}

/** Every item of a list, page by page, as an admin sees it. */
async function list<Item>(store: TestStore, path: string): Promise<Item[]> {
  const items: Item[] = [];
  let cursor = '';
  do {
    const url = `${path}${path.includes('?') ? '&' : '?'}limit=100${cursor}`;
    const response = await store.request({ url, headers: { authorization: store.admin } });
    const page = response.json<{ items: Item[]; nextCursor: string | null }>();
    items.push(...page.items);
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
  } while (cursor !== '');
  return items;
}
