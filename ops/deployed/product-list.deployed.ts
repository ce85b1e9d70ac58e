import { randomUUID } from 'node:crypto';
import type { Page } from '../../service/http/page.ts';
import type { Product } from '../../service/products/schemas.ts';
import { call } from './client.ts';
import { price, unique, useFixture } from './fixture.ts';
import { allPagesOf, pagesOf } from './pages.ts';

const store = useFixture();

/** Cheap to dear, with two of one price; the names go the other way. Nobody else's category. */
async function addRange(): Promise<{ category: string; products: Product[] }> {
  const category = unique();
  const products: Product[] = [];
  for (const [index, amount] of [100, 200, 200, 300, 400].entries()) {
    const name = `Mug ${'EDCBA'[index]}`;
    products.push(await store.addProduct({ category, name, price: price(amount) }));
  }
  return { category, products };
}

test.each<[string, (product: Product) => string | number]>([
  ['newest', ({ createdAt }) => -Date.parse(createdAt)],
  ['name', ({ name }) => name],
  ['price', (product) => product.price.amount],
  ['-price', (product) => -product.price.amount],
])('the pages sorted by %s show every product once, in order', async (sort, keyOf) => {
  const { category, products } = await addRange();
  const as = await store.newCustomer();

  const pages = await allPagesOf<Product>(
    `/v1/products?category=${category}&sort=${sort}&limit=2`,
    as,
  );

  const shown = pages.flat();
  const keys = shown.map(keyOf);
  expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
  expect(idsOf(shown).toSorted()).toEqual(idsOf(products).toSorted());
  expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : Number(a > b))));
});

test('a product that is added meanwhile moves none on the pages that follow', async () => {
  const { category, products } = await addRange();
  const shown: Product[] = [];

  for await (const page of pagesOf<Product>(
    `/v1/products?category=${category}&limit=2`,
    await store.admin(),
  )) {
    shown.push(...page);
    await store.addProduct({ category });
  }

  expect(idsOf(shown)).toEqual(idsOf(products.toReversed()));
});

test('the newest come first unless told otherwise', async () => {
  const { category, products } = await addRange();

  const answer = await call<Page<Product>>('GET', `/v1/products?category=${category}`);

  expect(answer.status).toBe(200);
  expect(idsOf(answer.json.items)).toEqual(idsOf(products.toReversed()));
  expect(answer.json.nextCursor).toBeNull();
});

test('a search finds words of the name, the SKU and the description', async () => {
  const [word, sku, detail] = [randomWord(), unique(), randomWord()];
  const { id } = await store.addProduct({ sku, name: `Mug ${word}`, description: `A ${detail}.` });
  await store.addProduct();
  const as = await store.newCustomer();

  const found = await Promise.all(
    [word, sku, detail, `mug ${word}`].map((q) =>
      call<Page<Product>>('GET', `/v1/products?q=${encodeURIComponent(q)}`, { as }),
    ),
  );

  expect(found.map(({ json }) => idsOf(json.items))).toEqual([[id], [id], [id], [id]]);
});

test('a search that finds nothing is an empty list', async () => {
  const answer = await call('GET', `/v1/products?q=${randomWord()}`);

  expect(answer).toMatchObject({ status: 200, json: { items: [], nextCursor: null } });
});

test.each(['"half a quote', 'a & | ! b', ':* (', '100%', 'Größe ☕', '   ', '\\'])(
  'any text is safe to search for: %s',
  async (text) => {
    const answer = await call('GET', `/v1/products?limit=1&q=${encodeURIComponent(text)}`);

    expect(answer.status).toBe(200);
  },
);

test.each([
  ['limit=0', '/limit'],
  ['limit=101', '/limit'],
  ['limit=2.5', '/limit'],
  ['limit=ten', '/limit'],
  ['sort=colour', '/sort'],
  ['archived=maybe', '/archived'],
  ['colour=blue', '/colour'],
])('a list with %s is refused, not guessed at', async (query, pointer) => {
  const answer = await call('GET', `/v1/products?${query}`);

  expect(answer).toMatchObject({
    status: 400,
    json: { code: 'VALIDATION_FAILED', errors: [{ pointer }] },
  });
});

test('a cursor of another query is refused', async () => {
  const { category } = await addRange();
  const list = `/v1/products?category=${category}&limit=2`;
  const { json } = await call<Page<Product>>('GET', list);

  const sorted = await call('GET', `${list}&sort=price&cursor=${json.nextCursor}`);
  const elsewhere = await call('GET', `/v1/products?cursor=${json.nextCursor}`);

  expect(sorted).toMatchObject({ status: 400, json: { code: 'INVALID_CURSOR' } });
  expect(elsewhere).toMatchObject({ status: 400, json: { code: 'INVALID_CURSOR' } });
});

test.each(['x', '%00', '%zz', '%E0%A4%A', 'eyJxIjoieCIsImsiOltdfQ', '%F0%9F%92%A9', ''])(
  'a cursor that is broken is refused, however it is broken: %j',
  async (cursor) => {
    const answer = await call('GET', `/v1/products?cursor=${cursor}`);

    expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_CURSOR' } });
  },
);

test('a cursor with a number beyond all numbers is refused', async () => {
  const { category } = await addRange();
  const list = `/v1/products?category=${category}&sort=price&limit=2`;
  const { json } = await call<Page<Product>>('GET', list);
  const text = Buffer.from(json.nextCursor ?? '', 'base64url').toString();

  const answers = ['1e300', '9'.repeat(30)].map((number) => {
    const forged = Buffer.from(text.replaceAll('200', number)).toString('base64url');
    return call('GET', `${list}&cursor=${forged}`);
  });

  const refused = { status: 400, json: { code: 'INVALID_CURSOR' } };
  expect(await Promise.all(answers)).toMatchObject([refused, refused]);
});

function idsOf(products: readonly Product[]): string[] {
  return products.map(({ id }) => id);
}

/** One word for the search too, whatever it makes of digits and hyphens. */
function randomWord(): string {
  return `q${randomUUID().replaceAll(/[^a-f]/g, '')}${randomUUID().replaceAll(/[^a-f]/g, '')}`;
}
