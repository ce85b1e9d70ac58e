-- Written by ops/bench/pgbench/scripts.ts: the statement of the store, with values of `fill`.
-- pgbench -n -M prepared -D products=<how many there are> -D customers=<how many there are>
SELECT id, sku, name, description, price_amount AS "priceAmount",
  price_currency AS "priceCurrency", stock, category, image_url AS "imageUrl", version,
  created_at AS "createdAt", updated_at AS "updatedAt", archived_at AS "archivedAt" FROM products
    WHERE (archived_at IS NOT NULL) = (false) AND id < ('ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      
    ORDER BY id DESC LIMIT (21);
