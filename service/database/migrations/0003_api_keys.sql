-- Keys of machines. Only a hash is kept.

CREATE TABLE api_keys (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  scopes text[] NOT NULL,
  -- The first characters, so that people can tell keys apart.
  prefix text NOT NULL,
  -- SHA-256. The key has 256 random bits: nothing slower is needed.
  hash bytea NOT NULL UNIQUE,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3),
  last_used_at timestamptz(3)
);
