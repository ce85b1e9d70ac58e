import type { Queryable } from '../database/database.ts';
import { violates } from '../database/errors.ts';
import { statement } from '../database/statement.ts';
import { SkuTaken } from '../errors.ts';
import type { NewProduct, Product } from './schemas.ts';

export const COLUMNS = `id, sku, name, description, price_amount AS "priceAmount",
  price_currency AS "priceCurrency", stock, category, image_url AS "imageUrl", version,
  created_at AS "createdAt", updated_at AS "updatedAt", archived_at AS "archivedAt"`;

export type ProductRow = Omit<Product, 'price'> & { priceAmount: number; priceCurrency: string };

export function toProduct({ priceAmount, priceCurrency, ...row }: ProductRow): Product {
  return { ...row, price: { amount: priceAmount, currency: priceCurrency } };
}

const FIND_PRODUCT = statement('find-product', `SELECT ${COLUMNS} FROM products WHERE id = $1`, {
  short: true,
});

/** Archived or not. */
export async function findProduct(db: Queryable, id: string): Promise<Product | undefined> {
  const { rows } = await db.query<ProductRow>(FIND_PRODUCT, [id]);
  return rows[0] && toProduct(rows[0]);
}

const LOCK_PRODUCT = statement(
  'lock-product',
  `SELECT ${COLUMNS} FROM products WHERE id = $1 FOR UPDATE`,
);

/** As `findProduct`, and nobody else changes it until the transaction ends. */
export async function lockProduct(db: Queryable, id: string): Promise<Product | undefined> {
  const { rows } = await db.query<ProductRow>(LOCK_PRODUCT, [id]);
  return rows[0] && toProduct(rows[0]);
}

const INSERT_PRODUCT = statement(
  'insert-product',
  `INSERT INTO products
     (id, sku, name, description, price_amount, price_currency, category, image_url)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
);

/** @throws SkuTaken */
export async function insertProduct(
  db: Queryable,
  id: string,
  product: NewProduct,
): Promise<Product> {
  return writeProduct(db, INSERT_PRODUCT, id, product);
}

const UPDATE_PRODUCT = statement(
  'update-product',
  `UPDATE products SET sku = $2, name = $3, description = $4, price_amount = $5,
     price_currency = $6, category = $7, image_url = $8, version = version + 1, updated_at = now()
   WHERE id = $1 RETURNING ${COLUMNS}`,
);

/** @throws SkuTaken */
export async function updateProduct(
  db: Queryable,
  id: string,
  product: NewProduct,
): Promise<Product> {
  return writeProduct(db, UPDATE_PRODUCT, id, product);
}

async function writeProduct(
  db: Queryable,
  write: typeof INSERT_PRODUCT,
  id: string,
  product: NewProduct,
): Promise<Product> {
  const { sku, name, description, price, category = null, imageUrl = null } = product;
  const values = [id, sku, name, description, price.amount, price.currency, category, imageUrl];
  try {
    const { rows } = await db.query<ProductRow>(write, values);
    return toProduct(rows[0] as ProductRow);
  } catch (error) {
    if (violates(error, 'products_sku_key')) throw new SkuTaken(`The SKU ${sku} is taken.`);
    throw error;
  }
}

const ARCHIVE_PRODUCT = statement(
  'archive-product',
  `UPDATE products SET archived_at = now(), updated_at = now(), version = version + 1
   WHERE id = $1 AND archived_at IS NULL`,
);

/** Orders keep it; archiving it again changes nothing. */
export async function archiveProduct(db: Queryable, id: string): Promise<void> {
  await db.query(ARCHIVE_PRODUCT, [id]);
}
