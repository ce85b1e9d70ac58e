/** The list of products: one statement for each order, each over an index of its own. */
import { type TSchema, Type } from 'typebox';
import type { Queryable } from '../database/database.ts';
import { type Statement, statement } from '../database/statement.ts';
import { pageOf, type Page, readCursor } from '../http/page.ts';
import { Id, MAX_AMOUNT } from '../http/schemas.ts';
import { COLUMNS, type ProductRow, toProduct } from './queries.ts';
import type { Product, ProductQuery } from './schemas.ts';

/** What a page begins after: the sorted value and the id of the last row shown. */
interface Order {
  readonly list: Statement;
  readonly keys: TSchema;
  readonly keysOf: (row: ListedRow) => readonly [unknown, string];
}

type ListedRow = ProductRow & { nameKey: string };

/** Any text is safe as a search: `websearch_to_tsquery` knows no syntax errors. */
function listStatement(name: string, { after, by }: { after: string; by: string }): Statement {
  return statement(
    `list-products-by-${name}`,
    `SELECT ${COLUMNS}, name_key AS "nameKey" FROM products
     WHERE (archived_at IS NOT NULL) = $1
       AND ($2::text IS NULL OR category = $2)
       AND ($3::text IS NULL OR search @@
            (websearch_to_tsquery('english', $3) || websearch_to_tsquery('simple', $3)))
       AND ($5::uuid IS NULL OR ${after})
     ORDER BY ${by} LIMIT $6`,
  );
}

const Price = Type.Integer({ minimum: 0, maximum: MAX_AMOUNT });

const ORDERS: Readonly<Record<ProductQuery['sort'], Order>> = {
  newest: {
    list: listStatement('newest', { after: '$4::text IS NULL AND id < $5', by: 'id DESC' }),
    keys: Type.Tuple([Type.Null(), Id]),
    keysOf: ({ id }) => [null, id],
  },
  name: {
    list: listStatement('name', { after: '(name_key, id) > ($4::text, $5)', by: 'name_key, id' }),
    keys: Type.Tuple([Type.String({ pattern: String.raw`^[^\u0000]*$` }), Id]),
    keysOf: ({ nameKey, id }) => [nameKey, id],
  },
  price: {
    list: listStatement('price', {
      after: '(price_amount, id) > ($4::bigint, $5)',
      by: 'price_amount, id',
    }),
    keys: Type.Tuple([Price, Id]),
    keysOf: ({ priceAmount, id }) => [priceAmount, id],
  },
  '-price': {
    list: listStatement('price-down', {
      after: '(price_amount, id) < ($4::bigint, $5)',
      by: 'price_amount DESC, id DESC',
    }),
    keys: Type.Tuple([Price, Id]),
    keysOf: ({ priceAmount, id }) => [priceAmount, id],
  },
};

/** @throws InvalidCursor */
export async function listProducts(db: Queryable, query: ProductQuery): Promise<Page<Product>> {
  const { limit, cursor, sort, archived = false, category, q } = query;
  const { list, keys, keysOf } = ORDERS[sort];
  const words = q === undefined || q.trim() === '' ? undefined : q;
  const scope = ['products', sort, archived, category, words];
  const [value, id] = (readCursor(cursor, scope, keys) ?? []) as [unknown?, string?];
  const { rows } = await db.query<ListedRow>(list, [
    archived,
    category ?? null,
    words ?? null,
    value ?? null,
    id ?? null,
    limit + 1,
  ]);
  return pageOf(rows, { limit, scope }, { item: toProduct, keys: keysOf });
}
