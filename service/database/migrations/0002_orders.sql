-- Customers, their orders, and the answers that are given again for a repeated request.

CREATE TABLE customers (
  -- The subject of the access token.
  id uuid PRIMARY KEY,
  name text,
  email text,
  address jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX customers_created_idx ON customers (created_at, id);

CREATE TABLE orders (
  id uuid PRIMARY KEY,
  number bigint GENERATED ALWAYS AS IDENTITY (START WITH 1001) UNIQUE,
  customer_id uuid NOT NULL REFERENCES customers (id),
  status text NOT NULL
    CHECK (status IN ('placed', 'paid', 'shipped', 'delivered', 'cancelled', 'refunded')),
  total_amount bigint NOT NULL CHECK (total_amount >= 0),
  total_currency text NOT NULL,
  shipping_address jsonb,
  note text,
  version integer NOT NULL DEFAULT 1,
  placed_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);

-- Ids are UUIDv7: newest first is the id downwards.
CREATE INDEX orders_customer_idx ON orders (customer_id, id);
CREATE INDEX orders_status_idx ON orders (status, id);

CREATE TABLE order_lines (
  order_id uuid NOT NULL REFERENCES orders (id),
  -- As the customer listed them, from 1.
  position integer NOT NULL,
  product_id uuid NOT NULL REFERENCES products (id),
  -- Copied when the order was placed: later changes of the product do not reach it.
  sku text NOT NULL,
  name text NOT NULL,
  unit_price bigint NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, position)
);

CREATE TABLE order_history (
  position bigint GENERATED ALWAYS AS IDENTITY,
  order_id uuid NOT NULL REFERENCES orders (id),
  status text NOT NULL,
  at timestamptz(3) NOT NULL,
  -- Subject of the token, or id of the API key, that did it.
  by uuid NOT NULL,
  PRIMARY KEY (order_id, position)
);

CREATE TABLE idempotency_keys (
  caller text NOT NULL,
  route text NOT NULL,
  key text NOT NULL,
  -- SHA-256 of the request's body: the same key with another body is refused.
  fingerprint bytea NOT NULL,
  status smallint NOT NULL,
  -- json, not jsonb: it keeps the order of the members, so the answer is the same to the byte.
  answer json NOT NULL,
  -- Whose personal data the answer may hold.
  customer_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (caller, route, key)
);

CREATE INDEX idempotency_keys_created_idx ON idempotency_keys (created_at);
CREATE INDEX idempotency_keys_customer_idx ON idempotency_keys (customer_id);
