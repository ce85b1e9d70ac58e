-- Products, their search, and the ledger of their stock.

CREATE TABLE products (
  id uuid PRIMARY KEY,
  sku text NOT NULL CONSTRAINT products_sku_key UNIQUE,
  name text NOT NULL,
  description text NOT NULL,
  price_amount bigint NOT NULL CHECK (price_amount >= 0),
  price_currency text NOT NULL,
  -- Pieces. The last guard against overselling, whatever the statement above it does.
  stock integer NOT NULL DEFAULT 0 CONSTRAINT products_stock_check CHECK (stock >= 0),
  category text,
  image_url text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  archived_at timestamptz(3),
  -- What lists are sorted by: the same order on every server, whatever its locale.
  name_key text COLLATE "C" NOT NULL
    GENERATED ALWAYS AS (lower(name COLLATE "pg_c_utf8")) STORED,
  -- Words as they are (a SKU is not English) and their stems.
  search tsvector NOT NULL GENERATED ALWAYS AS (
    to_tsvector('simple', sku || ' ' || name)
      || to_tsvector('english', sku || ' ' || name || ' ' || description)
  ) STORED
);

-- Ids are UUIDv7: the primary key is also the order in which products were made.
CREATE INDEX products_name_idx ON products (name_key, id);
CREATE INDEX products_price_idx ON products (price_amount, id);
CREATE INDEX products_category_idx ON products (category, id);
CREATE INDEX products_search_idx ON products USING gin (search);

-- Every change of stock: the sum of the quantities is the stock.
CREATE TABLE stock_changes (
  -- Given while the product's row is locked: its order is the order of the changes.
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  product_id uuid NOT NULL REFERENCES products (id),
  quantity integer NOT NULL CHECK (quantity <> 0),
  reason text NOT NULL,
  -- The stock after this change.
  stock integer NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX stock_changes_product_idx ON stock_changes (product_id, position);

-- Which builds may serve this schema. A build's number is that of the newest migration it knows;
-- only a migration that removes something raises the minimum.
CREATE TABLE schema_requirement (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  minimum_build integer NOT NULL
);
INSERT INTO schema_requirement (minimum_build) VALUES (1);
