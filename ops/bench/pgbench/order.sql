-- Written by ops/bench/pgbench/scripts.ts: the statement of the store, with values of `fill`.
-- pgbench -n -M prepared -D products=<how many there are> -D customers=<how many there are>
\set product 100000000000 + random(1, :products)
\set second 100000000000 + (:product - 100000000000 + random(0, :products - 2)) % :products + 1
\set customer 100000000000 + random(1, :customers)
\set key random(1000000000000000000, 9000000000000000000)
\set order random(1000000000000000000, 9000000000000000000)
\set change random(1000000000000000000, 9000000000000000000)
\set other_change :change + 1
WITH claim AS MATERIALIZED (
     SELECT pg_try_advisory_xact_lock(hashtextextended(('person:' || :customer::text) || ' ' || ('POST /v1/orders') || ' ' || (:key::text), 0)) AS mine
   ), known AS MATERIALIZED (
     SELECT FROM idempotency_keys WHERE caller = ('person:' || :customer::text) AND route = ('POST /v1/orders') AND key = (:key::text)
   ), wanted AS (
     SELECT * FROM unnest((ARRAY[('018cc251-f400-7000-8000-' || :product::text)::uuid, ('018cc251-f400-7000-8000-' || :second::text)::uuid])::uuid[], (ARRAY[1, 2])::int[], (ARRAY[('0' || to_hex((date_part('epoch', clock_timestamp()) * 1000)::bigint) || '7' || :change::text)::uuid, ('0' || to_hex((date_part('epoch', clock_timestamp()) * 1000)::bigint) || '7' || :other_change::text)::uuid])::uuid[])
       WITH ORDINALITY AS w (product_id, quantity, change_id, position)
   ), held AS MATERIALIZED (
     SELECT p.id, p.sku, p.name, p.price_amount, p.price_currency, p.stock, w.quantity, w.position,
            w.change_id
     FROM wanted w JOIN products p ON p.id = w.product_id
     WHERE (SELECT mine FROM claim) AND NOT EXISTS (SELECT FROM known) AND p.archived_at IS NULL
     ORDER BY p.id FOR UPDATE OF p
   ), accepted AS MATERIALIZED (
     SELECT sum(price_amount * quantity)::bigint AS total FROM held
     HAVING count(*) = cardinality((ARRAY[('018cc251-f400-7000-8000-' || :product::text)::uuid, ('018cc251-f400-7000-8000-' || :second::text)::uuid])::uuid[]) AND bool_and(stock >= quantity)
        AND bool_and(price_currency = ('EUR')) AND sum(price_amount * quantity) <= 1000000000000
   ), buyer AS (
     INSERT INTO customers (id) SELECT (('018e96f4-a800-7000-8000-' || :customer::text)::uuid)::uuid FROM accepted ON CONFLICT DO NOTHING
   ), placed AS (
     INSERT INTO orders (id, customer_id, status, total_amount, total_currency, shipping_address,
                         note, placed_at, updated_at)
     SELECT (('0' || to_hex((date_part('epoch', clock_timestamp()) * 1000)::bigint) || '7' || :order::text)::uuid)::uuid, (('018e96f4-a800-7000-8000-' || :customer::text)::uuid)::uuid, 'placed', total, ('EUR'), (NULL)::jsonb, (NULL), at, at
     FROM accepted, (SELECT coalesce((NULL)::timestamptz(3), now()) AS at) moment
     RETURNING *
   ), taken AS (
     UPDATE products p SET stock = h.stock - h.quantity, version = p.version + 1, updated_at = now()
     FROM held h, accepted WHERE p.id = h.id
     RETURNING p.id, p.stock, h.quantity, h.change_id
   ), ledger AS (
     INSERT INTO stock_changes (id, product_id, quantity, reason, stock, created_at)
     SELECT t.change_id, t.id, -t.quantity, 'order ' || o.number || ' placed', t.stock,
            o.placed_at
     FROM placed o, taken t
   ), lines AS (
     INSERT INTO order_lines (order_id, position, product_id, sku, name, unit_price, quantity)
     SELECT o.id, h.position, h.id, h.sku, h.name, h.price_amount, h.quantity FROM placed o, held h
     RETURNING *
   ), history AS (
     INSERT INTO order_history (order_id, status, at, by)
     SELECT id, status, placed_at, (('018e96f4-a800-7000-8000-' || :customer::text)::uuid)::uuid FROM placed RETURNING *
   ), answer AS (
     SELECT json_build_object(
    'id', o.id, 'number', o.number, 'customerId', o.customer_id, 'status', o.status,
    'lines', (
      SELECT json_agg(json_build_object(
        'productId', l.product_id, 'sku', l.sku, 'name', l.name,
        'unitPrice', json_build_object('amount', l.unit_price, 'currency', o.total_currency), 'quantity', l.quantity,
        'total', json_build_object('amount', l.unit_price * l.quantity, 'currency', o.total_currency)
      ) ORDER BY l.position) FROM lines l WHERE l.order_id = o.id
    ),
    'total', json_build_object('amount', o.total_amount, 'currency', o.total_currency),
    'shippingAddress', o.shipping_address, 'note', o.note, 'version', o.version,
    'placedAt', to_char(o.placed_at AT TIME ZONE 'UTC', E'YYYY-MM-DD"T"HH24\x3AMI\x3ASS.MS"Z"'), 'updatedAt', to_char(o.updated_at AT TIME ZONE 'UTC', E'YYYY-MM-DD"T"HH24\x3AMI\x3ASS.MS"Z"'),
    'history', (
      SELECT json_agg(json_build_object('status', h.status, 'at', to_char(h.at AT TIME ZONE 'UTC', E'YYYY-MM-DD"T"HH24\x3AMI\x3ASS.MS"Z"'), 'by', h.by)
             ORDER BY h.position) FROM history h WHERE h.order_id = o.id
    )
  ) AS body FROM placed o
   ), remembered AS (
     INSERT INTO idempotency_keys (caller, route, key, fingerprint, status, answer, customer_id)
     SELECT ('person:' || :customer::text), ('POST /v1/orders'), (:key::text), ('\x5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e')::bytea, 201, body, (('018e96f4-a800-7000-8000-' || :customer::text)::uuid)::uuid FROM answer
   )
   SELECT mine, answer.body AS placed FROM claim LEFT JOIN answer ON true;
