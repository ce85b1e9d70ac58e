/**
 * The store's own statements as scripts for pgbench: the limit of what any server could reach.
 * `node ops/bench/pgbench/scripts.ts` writes them again after a statement changed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { statements } from '../../../service/database/statement.ts';
import { LAST_ID } from '../../../service/http/page.ts';
import { beginningOf, FIRST_DIGITS, FIRST_MODEL, PRODUCTS_OF_A_MODEL } from '../rows.ts';
// Every room with statements is loaded through the application.
import '../../../service/app.ts';

/** Rows asked for: a page, and one more to know whether there is a next one. */
const PAGE = 21;

const HEAD = `-- Written by ops/bench/pgbench/scripts.ts: the statement of the store, with values of \`fill\`.
-- pgbench -n -M prepared -D products=<how many there are> -D customers=<how many there are>
`;

const PRODUCT = `('${beginningOf('product')}' || :product::text)::uuid`;
const SECOND_PRODUCT = `('${beginningOf('product')}' || :second::text)::uuid`;
const CUSTOMER = `('${beginningOf('customer')}' || :customer::text)::uuid`;
const EVERYTHING = `'${LAST_ID}'::uuid`;
const ANY_PRODUCT = `product ${FIRST_DIGITS} + random(1, :products)`;
const ANY_CUSTOMER = `customer ${FIRST_DIGITS} + random(1, :customers)`;

/** Of random numbers, each of 19 digits. */
const NOISE = 'random(1000000000000000000, 9000000000000000000)';

/** A new id that begins with the time, as the store's do: it makes a difference to indexes. */
function newId(noise: string): string {
  const time = `to_hex((date_part('epoch', clock_timestamp()) * 1000)::bigint)`;
  return `('0' || ${time} || '7' || ${noise}::text)::uuid`;
}

/** Texts by file, without `.sql`. */
export function pgbenchScripts(): ReadonlyMap<string, string> {
  return new Map([
    ['by-id', script('find-product', { set: [ANY_PRODUCT], values: [PRODUCT] })],
    ['list', script('list-products-newest', { values: ['false', String(PAGE), EVERYTHING] })],
    [
      'search',
      script('list-products-newest-with-words', {
        set: [`model ${FIRST_MODEL} + random(1, (:products - 1) / ${PRODUCTS_OF_A_MODEL} + 1)`],
        values: ['false', String(PAGE), EVERYTHING, `'KX' || :model::text`],
      }),
    ],
    ['order', script('place-order', { set: ORDER_SETS, values: ORDER_VALUES })],
    [
      'own-orders',
      script('list-orders-of-customer', {
        set: [ANY_CUSTOMER],
        values: [EVERYTHING, String(PAGE), CUSTOMER],
      }),
    ],
  ]);
}

const ORDER_SETS = [
  ANY_PRODUCT,
  // Another one than the first.
  `second ${FIRST_DIGITS} + (:product - ${FIRST_DIGITS} + random(0, :products - 2)) % :products + 1`,
  ANY_CUSTOMER,
  `key ${NOISE}`,
  `order ${NOISE}`,
  `change ${NOISE}`,
  'other_change :change + 1',
];

/** In the order of the statement's parameters. */
const ORDER_VALUES = [
  `'person:' || :customer::text`,
  `'POST /v1/orders'`,
  `:key::text`,
  `'\\x${'5e'.repeat(32)}'`,
  newId(':order'),
  CUSTOMER,
  CUSTOMER,
  `ARRAY[${PRODUCT}, ${SECOND_PRODUCT}]`,
  'ARRAY[1, 2]',
  `'EUR'`,
  'NULL',
  'NULL',
  'NULL',
  `ARRAY[${newId(':change')}, ${newId(':other_change')}]`,
];

interface Values {
  /** Variables of pgbench, each with its expression. */
  readonly set?: readonly string[];
  /** SQL for $1, $2, and so on. */
  readonly values: readonly string[];
}

/** @throws Error when there is no such statement, or it takes another number of values */
function script(name: string, { set = [], values }: Values): string {
  const text = statements.get(name)?.text;
  if (text === undefined) throw new Error(`the store has no statement ${name}`);
  const taken = new Set([...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  if (Math.max(...taken) !== values.length) {
    throw new Error(`${name} takes ${taken.size} values, not ${values.length}`);
  }
  const filled = withoutColons(text).replaceAll(
    /\$(\d+)/g,
    (_, number) => `(${values[Number(number) - 1]})`,
  );
  return `${HEAD}${set.map((each) => `\\set ${each}\n`).join('')}${filled};\n`;
}

/** pgbench takes `:MI` for a variable, also in quotes. */
function withoutColons(text: string): string {
  return text.replaceAll(/'[^']*'/g, (literal) =>
    literal.includes(':') ? `E${literal.replaceAll(':', String.raw`\x3A`)}` : literal,
  );
}

if (import.meta.main) {
  for (const [name, text] of pgbenchScripts()) {
    writeFileSync(join(import.meta.dirname, `${name}.sql`), text);
  }
}
