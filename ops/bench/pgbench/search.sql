-- Written by ops/bench/pgbench/scripts.ts: the statement of the store, with values of `fill`.
-- pgbench -n -M prepared -D products=<how many there are> -D customers=<how many there are>
\set model 100000 + random(1, (:products - 1) / 50 + 1)
WITH found AS MATERIALIZED (SELECT * FROM products WHERE search @@
    (websearch_to_tsquery('english', ('KX' || :model::text)) || websearch_to_tsquery('simple', ('KX' || :model::text)))) SELECT id, sku, name, description, price_amount AS "priceAmount",
  price_currency AS "priceCurrency", stock, category, image_url AS "imageUrl", version,
  created_at AS "createdAt", updated_at AS "updatedAt", archived_at AS "archivedAt" FROM found
    WHERE (archived_at IS NOT NULL) = (false) AND id < ('ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      
    ORDER BY id DESC LIMIT (21);
