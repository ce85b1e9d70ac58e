/** What a migration may do only with `--contract`, to the schema of `old-build.ts`. */

/** A statement, why it is where it is, and with `locks` what is to be seen in PostgreSQL. */
export interface Contracting {
  readonly sql: string;
  readonly kinds: readonly ('contracts' | 'locks')[];
  readonly because: string;
  /** What it does cannot be shown by the build above: nobody can look into it, or it stays inside. */
  readonly isUnshown?: true;
}

export const contracts = (sql: string, because: string): Contracting => ({
  sql,
  because,
  kinds: ['contracts'],
});
export const unshown = (sql: string, because: string): Contracting => ({
  ...contracts(sql, because),
  isUnshown: true,
});
export const unshownLock = (sql: string, because: string): Contracting => ({
  sql,
  because,
  kinds: ['locks'],
  isUnshown: true,
});
export const locks = (sql: string, because: string): Contracting => ({
  sql,
  because,
  kinds: ['locks'],
});
export const both = (sql: string, because: string): Contracting => ({
  sql,
  because,
  kinds: ['contracts', 'locks'],
});

export const CONTRACTING: readonly Contracting[] = [
  contracts('DROP TABLE things CASCADE', 'its readers fail'),
  contracts('ALTER TABLE things DROP COLUMN note', 'readers and writers name it'),
  contracts('DROP VIEW thing_names', 'its readers fail'),
  contracts('DROP MATERIALIZED VIEW thing_sums', 'its readers fail'),
  contracts('DROP FUNCTION shout', 'its callers fail'),
  contracts('DROP TYPE mood', 'what is cast to it fails'),
  contracts('DROP DOMAIN positive', 'what is cast to it fails'),
  contracts('DROP SCHEMA public CASCADE', 'all is gone'),
  contracts('DROP INDEX things_serial_idx', 'ON CONFLICT needs a unique index'),
  contracts('ALTER TABLE things RENAME TO items', 'the old name is gone'),
  contracts('ALTER TABLE things RENAME COLUMN name TO title', 'the old name is gone'),
  contracts('ALTER VIEW thing_names RENAME TO item_names', 'the old name is gone'),
  contracts('ALTER TYPE mood RENAME TO feeling', 'the old name is gone'),
  contracts("ALTER TYPE mood RENAME VALUE 'ill' TO 'sick'", 'the old value is gone'),
  both('ALTER TABLE things ALTER COLUMN price TYPE text', 'arithmetic with it fails'),
  both('ALTER TABLE things ALTER small TYPE integer USING length(small)', 'other values'),
  {
    ...both('ALTER TABLE things ALTER COLUMN price TYPE bigint', 'what reads it may not know it'),
    isUnshown: true,
  },
  both('ALTER TABLE things ALTER COLUMN parent_id SET NOT NULL', 'it may be left out'),
  both('ALTER TABLE things ADD CONSTRAINT c CHECK (amount >= 0)', 'negative ones are refused'),
  contracts('ALTER TABLE things ADD CHECK (amount >= 0) NOT VALID', 'new rows are refused at once'),
  both('ALTER TABLE things ADD FOREIGN KEY (parent_id) REFERENCES parents', 'so are orphans'),
  contracts(
    'ALTER TABLE things ADD FOREIGN KEY (parent_id) REFERENCES parents NOT VALID',
    'new orphans are refused at once',
  ),
  both('ALTER TABLE things ADD CONSTRAINT u UNIQUE (name)', 'names repeat'),
  both('CREATE UNIQUE INDEX ON things (name)', 'names repeat'),
  both('CREATE UNIQUE INDEX ON things (lower(name))', 'names repeat'),
  both('ALTER TABLE things ADD EXCLUDE USING btree (name WITH =)', 'names repeat'),
  contracts('ALTER TABLE things DROP CONSTRAINT things_code_key', 'ON CONFLICT needs it'),
  contracts('ALTER TABLE things ALTER COLUMN note DROP DEFAULT', 'it is left out, and not null'),
  contracts('ALTER TABLE things ALTER size DROP EXPRESSION', 'it is null from now on'),
  contracts('ALTER TABLE things ALTER serial DROP IDENTITY', 'it is left out, and not null'),
  contracts('TRUNCATE things', 'the rows are gone'),
  contracts('DELETE FROM things', 'the rows are gone'),
  contracts('DELETE FROM things WHERE id < 5', 'some rows are gone'),
  contracts('WITH gone AS (DELETE FROM things RETURNING id) SELECT count(*) FROM gone', 'the same'),
  contracts(
    'MERGE INTO things USING parents p ON p.id = things.id WHEN MATCHED THEN DELETE',
    'some rows are gone',
  ),
  contracts('REVOKE INSERT ON things FROM store_app', 'the service may not write'),
  contracts('ALTER TABLE things ENABLE ROW LEVEL SECURITY', 'the service sees no row'),
  contracts('CREATE SCHEMA other; ALTER TABLE things SET SCHEMA other', 'the name is gone'),
  contracts("DO $$ BEGIN EXECUTE 'DROP TABLE things CASCADE'; END $$", 'a program'),
  contracts(
    'CREATE OR REPLACE FUNCTION shout(word text) RETURNS text LANGUAGE sql AS $$SELECT (1/0)::text$$',
    'another program under the old name',
  ),
  contracts(
    'CREATE OR REPLACE VIEW thing_names AS SELECT 1 / 0 AS id, name FROM things',
    'another view',
  ),
  unshown(
    'CREATE TRIGGER t BEFORE UPDATE ON things FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    'a program',
  ),
  unshown("SELECT shout('anything')", 'a function of one’s own may do anything'),
  unshown("INSERT INTO parents SELECT length(shout('a'))", 'so may this one'),
  unshown('SET search_path = elsewhere', 'other names mean other tables from here on'),
  unshown('COMMIT', 'what follows is not undone when it fails'),
  unshown('ALTER SEQUENCE things_serial_seq RESTART', 'numbers come again'),
  unshown('ALTER TABLE things NO INHERIT parents', 'not known'),
  unshown('SELEC 1', 'it cannot be read'),
  locks('ALTER TABLE things ADD COLUMN token uuid DEFAULT gen_random_uuid()', 'a rewrite'),
  locks('ALTER TABLE things ADD COLUMN seen timestamptz DEFAULT clock_timestamp()', 'a rewrite'),
  both(
    'ALTER TABLE things ADD COLUMN n bigserial',
    'a rewrite, and a sequence that the service may not use',
  ),
  locks('ALTER TABLE things ADD COLUMN n bigint GENERATED ALWAYS AS IDENTITY', 'a rewrite'),
  locks(
    'ALTER TABLE things ADD COLUMN twice integer GENERATED ALWAYS AS (amount * 2) STORED',
    'a rewrite',
  ),
  locks('ALTER TABLE things ADD COLUMN p positive DEFAULT 1', 'a domain is asked of every row'),
  locks('ALTER TABLE things ADD COLUMN weight integer CHECK (weight > 0)', 'a scan'),
  locks('ALTER TABLE things ADD COLUMN slug text UNIQUE', 'an index is built'),
  locks('ALTER TABLE things ADD COLUMN parent integer DEFAULT 1 REFERENCES parents', 'a scan'),
  locks('ALTER TABLE things SET UNLOGGED', 'a rewrite'),
  unshownLock('CREATE INDEX CONCURRENTLY i ON things (amount)', 'a second try would find its name'),
  unshownLock(
    'SELECT 1; CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON things (amount)',
    'not alone',
  ),
  unshownLock('VACUUM things', 'not in a transaction'),
  locks('CREATE INDEX ON things (amount)', 'writers wait until it is built'),
  locks('CREATE INDEX IF NOT EXISTS not_there ON things (amount)', 'it is not there'),
  locks('UPDATE things SET note = upper(note)', 'its rows stay locked'),
  locks('UPDATE things SET note = note WHERE amount > 2', 'its rows stay locked'),
  locks('CLUSTER things USING things_pkey', 'a rewrite'),
  locks('REINDEX TABLE things', 'writers wait until it is built'),
  locks('REFRESH MATERIALIZED VIEW thing_sums', 'a rewrite'),
  locks('ALTER TABLE things ADD COLUMN a text; UPDATE things SET a = name', 'readers wait too'),
  locks(
    'ALTER TABLE things ADD COLUMN parent integer; ALTER TABLE things ADD FOREIGN KEY (parent) REFERENCES parents NOT VALID; ALTER TABLE things VALIDATE CONSTRAINT things_parent_fkey',
    'the lock of the first stays during the last',
  ),
  locks(
    'ALTER TABLE things ADD COLUMN a text; CREATE TABLE copies AS SELECT * FROM things',
    'the lock of the first stays during the last',
  ),
  locks(
    'CREATE TABLE tags (thing integer REFERENCES things); INSERT INTO tags SELECT id FROM things',
    'whoever writes to things waits meanwhile',
  ),
  locks('LOCK TABLE things; SELECT count(*) FROM things', 'all wait'),
];
