-- Written by ops/bench/pgbench/scripts.ts: the statement of the store, with values of `fill`.
-- pgbench -n -M prepared -D products=<how many there are> -D customers=<how many there are>
\set customer 100000000000 + random(1, :customers)
SELECT json_build_object(
    'id', o.id, 'number', o.number, 'customerId', o.customer_id, 'status', o.status,
    'lines', (
      SELECT json_agg(json_build_object(
        'productId', l.product_id, 'sku', l.sku, 'name', l.name,
        'unitPrice', json_build_object('amount', l.unit_price, 'currency', o.total_currency), 'quantity', l.quantity,
        'total', json_build_object('amount', l.unit_price * l.quantity, 'currency', o.total_currency)
      ) ORDER BY l.position) FROM order_lines l WHERE l.order_id = o.id
    ),
    'total', json_build_object('amount', o.total_amount, 'currency', o.total_currency),
    'shippingAddress', o.shipping_address, 'note', o.note, 'version', o.version,
    'placedAt', to_char(o.placed_at AT TIME ZONE 'UTC', E'YYYY-MM-DD"T"HH24\x3AMI\x3ASS.MS"Z"'), 'updatedAt', to_char(o.updated_at AT TIME ZONE 'UTC', E'YYYY-MM-DD"T"HH24\x3AMI\x3ASS.MS"Z"'),
    'history', (
      SELECT json_agg(json_build_object('status', h.status, 'at', to_char(h.at AT TIME ZONE 'UTC', E'YYYY-MM-DD"T"HH24\x3AMI\x3ASS.MS"Z"'), 'by', h.by)
             ORDER BY h.position) FROM order_history h WHERE h.order_id = o.id
    )
  ) AS "order" FROM (
       SELECT * FROM orders WHERE id < ('ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid) AND customer_id = (('018e96f4-a800-7000-8000-' || :customer::text)::uuid) ORDER BY id DESC LIMIT (21)
     ) o ORDER BY id DESC;
