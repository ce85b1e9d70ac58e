import { makeProduct } from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import type { Product } from '../products/schemas.ts';

let store: TestStore;
beforeEach(async () => {
  store = await startTestStore();
  for (const amount of [300, 100, 200, 100, 300]) {
    await makeProduct(store, { price: { amount, currency: 'EUR' } });
  }
});
afterEach(() => store.close());

async function list(query: string): Promise<{ items: Product[]; nextCursor: string | null }> {
  return (await store.request({ url: `/v1/products?${query}` })).json();
}

test.each(['newest', 'name', 'price', '-price'])(
  'pages by %s show every product once and in order, also while some are added',
  async (sort) => {
    const before = (await list(`sort=${sort}`)).items.map(({ id }) => id);
    const seen: string[] = [];
    let from = '';
    for (let page = 0; page < 20; page += 1) {
      const { items, nextCursor } = await list(`sort=${sort}&limit=1${from}`);
      seen.push(...items.map(({ id }) => id));
      if (nextCursor === null) break;
      if (page === 1) await makeProduct(store);
      from = `&cursor=${nextCursor}`;
    }

    expect(seen.filter((id) => before.includes(id))).toEqual(before);
    expect(new Set(seen).size).toBe(seen.length);
  },
);

test('a page that holds all has no next one', async () => {
  expect(await list('limit=5')).toMatchObject({ nextCursor: null });
  expect((await list('limit=4')).nextCursor).toEqual(expect.any(String));
});
