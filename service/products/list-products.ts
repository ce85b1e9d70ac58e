/** The list of products: a statement for each order and each combination of filters. */
import { type TSchema, Type } from 'typebox';
import type { Queryable } from '../database/database.ts';
import { type Statement, statement } from '../database/statement.ts';
import { FIRST_ID, LAST_ID, pageOf, type Page, readCursor } from '../http/page.ts';
import { Id, MAX_AMOUNT } from '../http/schemas.ts';
import { COLUMNS, type ProductRow, toProduct } from './queries.ts';
import type { Product, ProductQuery } from './schemas.ts';

type ListedRow = ProductRow & { nameKey?: string };

interface Order {
  readonly by: string;
  /** What comes behind the last row shown, whose keys are $3 and, where there are two, $4. */
  readonly after: string;
  readonly keys: TSchema;
  readonly keysOf: (row: ListedRow) => readonly unknown[];
  /** Keys before the first row. */
  readonly start: readonly unknown[];
}

const Price = Type.Integer({ minimum: 0, maximum: MAX_AMOUNT });

const ORDERS: Readonly<Record<ProductQuery['sort'], Order>> = {
  newest: {
    by: 'id DESC',
    after: 'id < $3',
    keys: Type.Tuple([Id]),
    keysOf: ({ id }) => [id],
    start: [LAST_ID],
  },
  name: {
    by: 'name_key, id',
    after: '(name_key, id) > ($3, $4)',
    keys: Type.Tuple([Type.String({ pattern: String.raw`^[^\u0000]*$` }), Id]),
    keysOf: ({ nameKey, id }) => [nameKey, id],
    start: ['', FIRST_ID],
  },
  price: {
    by: 'price_amount, id',
    after: '(price_amount, id) > ($3, $4)',
    keys: Type.Tuple([Price, Id]),
    keysOf: ({ priceAmount, id }) => [priceAmount, id],
    start: [-1, FIRST_ID],
  },
  '-price': {
    by: 'price_amount DESC, id DESC',
    after: '(price_amount, id) < ($3, $4)',
    keys: Type.Tuple([Price, Id]),
    keysOf: ({ priceAmount, id }) => [priceAmount, id],
    start: [MAX_AMOUNT + 1, LAST_ID],
  },
};

type Sort = ProductQuery['sort'];
interface Filters {
  readonly category: boolean;
  readonly words: boolean;
}

/** A plan for `$n IS NULL OR …` would fit no combination: each has a statement of its own. */
const LISTS = new Map<string, Statement>();
for (const sort of Object.keys(ORDERS) as Sort[]) {
  for (const category of [false, true]) {
    for (const words of [false, true]) {
      LISTS.set(nameOf(sort, { category, words }), listStatement(sort, { category, words }));
    }
  }
}

function nameOf(sort: Sort, { category, words }: Filters): string {
  return `list-products-${sort}${category ? '-of-category' : ''}${words ? '-with-words' : ''}`;
}

function listStatement(sort: Sort, filters: Filters): Statement {
  const { after, by, start } = ORDERS[sort];
  const categoryAt = `$${3 + start.length}`;
  const wordsAt = `$${3 + start.length + (filters.category ? 1 : 0)}`;
  const text = `SELECT ${COLUMNS}${sort === 'name' ? ', name_key AS "nameKey"' : ''} FROM ${filters.words ? 'found' : 'products'}
    WHERE (archived_at IS NOT NULL) = $1 AND ${after}
      ${filters.category ? `AND category = ${categoryAt}` : ''}
    ORDER BY ${by} LIMIT $2`;
  return statement(
    nameOf(sort, filters),
    filters.words ? `WITH found AS MATERIALIZED (${search(wordsAt)}) ${text}` : text,
    // An index has the page in order; with a category, only that of the newest.
    { short: !filters.words && (!filters.category || sort === 'newest') },
  );
}

/**
 * Materialized: for rare words the planner would rather read every product in the order asked for.
 * Any text is safe: `websearch_to_tsquery` knows no syntax errors.
 */
function search(words: string): string {
  return `SELECT * FROM products WHERE search @@
    (websearch_to_tsquery('english', ${words}) || websearch_to_tsquery('simple', ${words}))`;
}

/** @throws InvalidCursor */
export async function listProducts(db: Queryable, query: ProductQuery): Promise<Page<Product>> {
  const { limit, cursor, sort, archived = false, category, q } = query;
  const { keys, keysOf, start } = ORDERS[sort];
  const words = q === undefined || q.trim() === '' ? undefined : q;
  const scope = ['products', sort, archived, category, words];
  const after = (readCursor(cursor, scope, keys) ?? start) as readonly unknown[];
  const name = nameOf(sort, { category: category !== undefined, words: words !== undefined });
  const values = [archived, limit + 1, ...after, category, words];
  const list = LISTS.get(name) as Statement;
  const { rows } = await db.query<ListedRow>(
    // The few that are archived may be far apart.
    archived ? { ...list, short: false } : list,
    values.filter((value) => value !== undefined),
  );
  return pageOf(rows, { limit, scope }, { item: toProduct, keys: keysOf });
}
