/** What passes for harmless at first sight, and is not, to the schema of `old-build.ts`. */
import {
  both,
  contracts,
  type Contracting,
  locks,
  unshown,
  unshownLock,
} from './contracting-statements.ts';

export const DISGUISED: readonly Contracting[] = [
  // A name that means another relation than the one that was made.
  contracts('CREATE TEMP TABLE things (id int); DROP TABLE public.things CASCADE', 'not that one'),
  contracts('CREATE TABLE pg_temp.things (id int); DROP TABLE public.things CASCADE', 'the same'),
  contracts('SELECT 1 INTO TEMP things; DROP TABLE public.things CASCADE', 'the same'),
  contracts(
    'CREATE TEMP TABLE things AS SELECT 1; ALTER TABLE public.things DROP note',
    'the same',
  ),
  contracts('CREATE TEMP VIEW thing_names AS SELECT 1; DROP VIEW public.thing_names', 'the same'),
  {
    ...both(
      'CREATE TEMP TABLE t (id int); CREATE INDEX things_serial_idx ON t (id); DROP INDEX public.things_serial_idx',
      'an index of a temporary table is one',
    ),
    isUnshown: true,
  },
  contracts(
    'CREATE TEMP TABLE t (id int); CREATE VIEW thing_names AS TABLE t; DROP VIEW public.thing_names',
    'a view of a temporary table is one',
  ),
  contracts(
    'CREATE TEMP TABLE things (id int); ALTER TABLE things ADD amount int; ALTER TABLE public.things ADD CHECK (amount > 0) NOT VALID',
    'so is its column',
  ),
  contracts(
    'CREATE SCHEMA things; CREATE TABLE things.public (id int); DROP TABLE things CASCADE',
    'a table whose name is public',
  ),
  contracts('DROP TABLE "things" CASCADE', 'quotes change nothing'),
  contracts('CREATE TABLE "Things" (id int); DROP TABLE Things CASCADE', 'here they do'),
  unshown('CREATE SCHEMA store_app', 'its tables come before those of public'),
  unshown('CREATE SCHEMA AUTHORIZATION CURRENT_USER', 'the same'),
  unshown("SET LOCAL search_path = 'elsewhere'", 'other names mean other tables from here on'),
  unshown('RESET search_path', 'the same'),
  // A new relation that reaches an old one.
  contracts('CREATE VIEW new AS SELECT * FROM things; DELETE FROM new', 'rows of things'),
  contracts(
    'CREATE VIEW new AS SELECT * FROM things; CREATE VIEW newer AS TABLE new; DELETE FROM newer',
    'the same',
  ),
  locks('CREATE VIEW new AS SELECT id, note FROM things; UPDATE new SET note = id', 'the same'),
  unshown('CREATE TABLE new () INHERITS (things)', 'its rows are among those of things'),
  unshown('ALTER TABLE new ATTACH PARTITION things FOR VALUES IN (1)', 'not known'),
  unshown(
    'CREATE TABLE new (id int) PARTITION BY LIST (id); ALTER TABLE new ATTACH PARTITION things FOR VALUES IN (1)',
    'a new parent, and what it holds is old',
  ),
  unshown('CREATE TABLE new (id int); ALTER TABLE new INHERIT parents', 'an old parent'),
  {
    ...both('CREATE TABLE p PARTITION OF things (CHECK (id > 5)) FOR VALUES IN (1)', 'it refuses'),
    isUnshown: true,
  },
  unshown(
    'CREATE TABLE new (id int); CREATE TRIGGER t AFTER INSERT ON new EXECUTE FUNCTION f()',
    'the next INSERT runs it',
  ),
  locks(
    'CREATE TABLE new (id int); ALTER TABLE new ADD FOREIGN KEY (id) REFERENCES things; INSERT INTO new SELECT id FROM things',
    'whoever writes to things waits meanwhile',
  ),
  // Functions of one's own.
  unshown(
    'CREATE FUNCTION public.lower(i int) RETURNS int LANGUAGE sql RETURN i',
    'it fits better',
  ),
  unshown('SELECT public.lower(1)', 'not PostgreSQL’s own'),
  unshown('SELECT "LOWER"(\'a\')', 'not that either'),
  unshown(
    "CREATE FUNCTION gone(things) RETURNS int LANGUAGE sql AS 'DELETE FROM things RETURNING 1'",
    'SELECT things.gone calls it',
  ),
  {
    ...both("ALTER TABLE things ADD COLUMN w text DEFAULT shout('a')", 'it runs for each row'),
    isUnshown: true,
  },
  unshown("CREATE TABLE new (word text DEFAULT shout('a'))", 'INSERT runs it'),
  unshown("SELECT ('a'::text).shout", 'this calls it too'),
  unshown("SELECT setval('things_serial_seq', 1)", 'numbers come again'),
  unshown("SELECT set_config('search_path', 'elsewhere', false)", 'not in the list'),
  // Columns that the old build does not leave null.
  contracts(
    'ALTER TABLE things ADD COLUMN IF NOT EXISTS amount int; ALTER TABLE things ADD CHECK (amount > 0) NOT VALID',
    'it is there already',
  ),
  contracts(
    'ALTER TABLE things ADD w int; ALTER TABLE things ALTER w SET DEFAULT 0; ALTER TABLE things ADD CHECK (w > 0) NOT VALID',
    'the default is refused',
  ),
  contracts(
    'ALTER TABLE things ADD w int; ALTER TABLE things ADD CHECK (w > 0) NOT VALID; ALTER TABLE things ALTER w SET DEFAULT 0',
    'the same',
  ),
  {
    ...both(
      'CREATE DOMAIN zero AS int DEFAULT 0; ALTER TABLE things ADD w zero; ALTER TABLE things ADD CHECK (w > 0) NOT VALID',
      'a domain has one too',
    ),
    isUnshown: true,
  },
  contracts('ALTER TABLE things ALTER note SET DEFAULT NULL', 'it is left out, and not null'),
  contracts('ALTER TABLE things ALTER note SET DEFAULT NULL::text', 'the same'),
  contracts(
    "CREATE SEQUENCE new; ALTER TABLE things ALTER price SET DEFAULT nextval('new')",
    'a sequence that the service may not use',
  ),
  // Rows and tables that are locked until the end.
  unshownLock('SELECT id FROM things FOR UPDATE', 'its rows stay locked'),
  unshownLock('SELECT id FROM things FOR KEY SHARE', 'the same'),
  unshownLock('WITH held AS (SELECT id FROM things FOR SHARE) SELECT 1 FROM held', 'the same'),
  unshownLock('CREATE TABLE new AS SELECT id FROM things FOR NO KEY UPDATE', 'the same'),
  locks(
    "WITH new AS (INSERT INTO things (id, amount, proved) SELECT id, 1, '' FROM things ON CONFLICT (id) DO UPDATE SET price = 2 RETURNING 1) SELECT 1 FROM new",
    'its rows stay locked',
  ),
  locks(
    'ALTER TABLE parents ADD n int; UPDATE parents SET n = (SELECT count(*) FROM things)',
    'whoever reads parents waits meanwhile',
  ),
  unshownLock(
    'ALTER TABLE things ADD w int; REFRESH MATERIALIZED VIEW CONCURRENTLY thing_sums',
    'whoever reads things waits meanwhile',
  ),
  // Rights, and programs.
  contracts(
    'REVOKE SELECT ON things FROM store_app; ALTER TABLE thing_names SET (security_invoker = true)',
    'a view asks for the rights of its reader',
  ),
  unshown('ALTER TABLE thing_names SET (security_invoker = true)', 'the same'),
  unshown('GRANT store_app TO store_app_a WITH INHERIT FALSE', 'it takes what was granted'),
  unshown('ALTER TABLE things OWNER TO store_app', 'not known'),
  unshown('ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM store_app', 'not known'),
  unshown('CREATE RULE r AS ON INSERT TO things DO INSTEAD NOTHING', 'not known'),
  unshown('EXPLAIN ANALYZE DELETE FROM things', 'it does delete'),
  unshown('PREPARE p AS DELETE FROM things; EXECUTE p', 'not known'),
  unshown("COPY things FROM '/tmp/things'", 'not known'),
];
