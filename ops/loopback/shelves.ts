/** Something to buy, put into the database directly: products with stock that the ledger knows. */
import { v7 as uuidv7 } from 'uuid';
import { connected } from '../../service/testing/template-database.ts';

interface Shelves {
  /** @default 20 */
  readonly products?: number;
  /** Pieces of each. @default 1,000,000: more than visitors ask for */
  readonly stock?: number;
}

/** @returns the ids of the products */
export async function fillShelves(
  databaseUrl: string,
  { products = 20, stock = 1_000_000 }: Shelves = {},
): Promise<string[]> {
  const ids = Array.from({ length: products }, () => uuidv7());
  await connected(databaseUrl, async (client) => {
    await client.query(
      `WITH added AS (
         INSERT INTO products (id, sku, name, description, price_amount, price_currency, stock)
         SELECT id, 'SHELF-' || id, 'Piece ' || n, 'What visitors buy.', 100 * n, 'EUR', $2
         FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, n)
         RETURNING id, stock
       )
       INSERT INTO stock_changes (id, product_id, quantity, reason, stock)
       SELECT gen_random_uuid(), id, stock, 'delivered', stock FROM added WHERE stock > 0`,
      [ids, stock],
    );
  });
  return ids;
}
