-- Written by ops/bench/pgbench/scripts.ts: the statement of the store, with values of `fill`.
-- pgbench -n -M prepared -D products=<how many there are> -D customers=<how many there are>
\set product 100000000000 + random(1, :products)
SELECT id, sku, name, description, price_amount AS "priceAmount",
  price_currency AS "priceCurrency", stock, category, image_url AS "imageUrl", version,
  created_at AS "createdAt", updated_at AS "updatedAt", archived_at AS "archivedAt" FROM products WHERE id = (('018cc251-f400-7000-8000-' || :product::text)::uuid);
