/** An order as JSON, made by PostgreSQL: one statement reads it with its lines and its history. */

interface Parts {
  /** Tables or subqueries, of the columns of `order_lines` and `order_history`. */
  readonly lines: string;
  readonly history: string;
}

/** For an order `o`; the shape of the schema `Order`. */
export function orderJson({ lines, history }: Parts): string {
  return `json_build_object(
    'id', o.id, 'number', o.number, 'customerId', o.customer_id, 'status', o.status,
    'lines', (
      SELECT json_agg(json_build_object(
        'productId', l.product_id, 'sku', l.sku, 'name', l.name,
        'unitPrice', ${money('l.unit_price')}, 'quantity', l.quantity,
        'total', ${money('l.unit_price * l.quantity')}
      ) ORDER BY l.position) FROM ${lines} l WHERE l.order_id = o.id
    ),
    'total', ${money('o.total_amount')},
    'shippingAddress', o.shipping_address, 'note', o.note, 'version', o.version,
    'placedAt', ${time('o.placed_at')}, 'updatedAt', ${time('o.updated_at')},
    'history', (
      SELECT json_agg(json_build_object('status', h.status, 'at', ${time('h.at')}, 'by', h.by)
             ORDER BY h.position) FROM ${history} h WHERE h.order_id = o.id
    )
  )`;
}

function money(amount: string): string {
  return `json_build_object('amount', ${amount}, 'currency', o.total_currency)`;
}

function time(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
