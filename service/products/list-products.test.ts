import { makeProduct } from '../testing/builders.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import type { Product } from './schemas.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
  const euros = (amount: number) => ({ price: { amount, currency: 'EUR' } });
  await makeProduct(store, { sku: 'MUG-1', name: 'Blue mug', ...euros(900), category: 'kitchen' });
  await makeProduct(store, { sku: 'MUG-2', name: 'apple mug', ...euros(500), category: 'kitchen' });
  await makeProduct(store, {
    sku: 'PEN-1',
    name: 'Éclair pen',
    description: 'Writes smoothly on watercolour papers.',
    ...euros(500),
    category: 'desk',
  });
  await makeProduct(store, { sku: 'PEN-2', name: 'pencils', ...euros(100), category: 'desk' });
});
afterAll(() => store.close());

async function list(query: string): Promise<{ items: Product[]; nextCursor: string | null }> {
  const response = await store.request({ url: `/v1/products?${query}` });
  expect(response.statusCode).toBe(200);
  return response.json();
}

async function skus(query: string): Promise<string[]> {
  return (await list(query)).items.map(({ sku }) => sku);
}

test('newest first unless told otherwise', async () => {
  expect(await skus('')).toEqual(['PEN-2', 'PEN-1', 'MUG-2', 'MUG-1']);
});

test('names are sorted as people expect, on every server', async () => {
  expect(await skus('sort=name')).toEqual(['MUG-2', 'MUG-1', 'PEN-2', 'PEN-1']);
});

test('prices are sorted both ways', async () => {
  expect(await skus('sort=price')).toEqual(['PEN-2', 'MUG-2', 'PEN-1', 'MUG-1']);
  expect(await skus('sort=-price')).toEqual(['MUG-1', 'PEN-1', 'MUG-2', 'PEN-2']);
});

test('a category shows its own', async () => {
  expect(await skus('category=desk')).toEqual(['PEN-2', 'PEN-1']);
  expect(await skus('category=nothing')).toEqual([]);
});

test.each([
  ['a word of the name', 'apple', ['MUG-2']],
  ['another form of the word', 'papers', ['PEN-1']],
  ['a SKU', 'MUG-1', ['MUG-1']],
  ['a SKU in another case', 'pen-2', ['PEN-2']],
  ['two words', 'blue mug', ['MUG-1']],
  ['a word left out', 'mug -blue', ['MUG-2']],
])('the search finds by %s', async (_, words, found) => {
  expect(await skus(`q=${encodeURIComponent(words)}`)).toEqual(found);
});

test.each(["'; DROP TABLE products; --", '"', '& | ! ( ) :*', '\\', '💥', '-', '   %'])(
  'any text is safe as a search: %s',
  async (words) => {
    const { items } = await list(`q=${encodeURIComponent(words)}`);

    expect(Array.isArray(items)).toBe(true);
  },
);

test('nothing found is an empty list', async () => {
  expect(await list('q=zeppelin')).toEqual({ items: [], nextCursor: null });
});

test.each([
  ['limit=0', '/limit'],
  ['limit=101', '/limit'],
  ['limit=abc', '/limit'],
  ['limit=1.5', '/limit'],
  ['limit=', '/limit'],
  ['limit=0x10', '/limit'],
  ['limit=5&limit=6', '/limit'],
  ['sort=colour', '/sort'],
  ['archived=maybe', '/archived'],
  ['colour=blue', '/colour'],
  [`q=${'x'.repeat(201)}`, '/q'],
  ['q=a%00b', '/q'],
])('a query is refused, not mended: %s', async (query, pointer) => {
  const response = await store.request({ url: `/v1/products?${query}` });

  expect(response.json()).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ pointer }] });
});

test('a cursor of another query, or a broken one, is refused', async () => {
  const { nextCursor } = await list('limit=1&sort=price');
  const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const wrong = [
    `sort=name&cursor=${nextCursor}`,
    `sort=price&category=desk&cursor=${nextCursor}`,
    `sort=price&cursor=${nextCursor}x`,
    'cursor=',
    'cursor=%zz',
    'cursor=not a cursor',
    `cursor=${forged(null)}`,
    `cursor=${forged({ q: 'x', k: ['1; DROP TABLE products'] })}`,
    `cursor=${'a'.repeat(5000)}`,
  ];

  for (const query of wrong) {
    const response = await store.request({ url: `/v1/products?${query}` });
    expect(response.json()).toMatchObject({ status: 400, code: 'INVALID_CURSOR' });
  }
  expect(await skus(`sort=price&limit=9&cursor=${nextCursor}`)).toHaveLength(3);
});
