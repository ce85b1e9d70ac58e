import { type MoreMigrations, moreMigrations, refusedOf } from '../../testing/more-migrations.ts';
import { schemaMismatch, schemaVersion } from '../schema.ts';

let store: MoreMigrations;
beforeEach(async () => {
  store = await moreMigrations();
});
afterEach(() => store.close());

async function columnsOfProducts(): Promise<string[]> {
  const { rows } = await store.owner.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
      WHERE attrelid = 'products'::regclass AND attnum > 0 AND NOT attisdropped`,
  );
  return rows.map(({ name }) => name);
}

const dropsColumn = {
  '9001_drop': '-- Nobody reads it.\nALTER TABLE products DROP COLUMN image_url;',
};

test('a migration that contracts is refused before anything is changed', async () => {
  const expanding = { '9000_add': 'ALTER TABLE products ADD COLUMN weight integer;' };

  const findings = await refusedOf(store.migrate({ ...expanding, ...dropsColumn }));

  expect(findings).toMatchObject([{ file: '9001_drop.sql', line: 2, kind: 'contracts' }]);
  expect(await columnsOfProducts()).not.toContain('weight');
  expect(await columnsOfProducts()).toContain('image_url');
});

test('the refusal says where, why, what to write, and how to say yes', async () => {
  await expect(store.migrate(dropsColumn)).rejects.toThrow(
    `what is to be migrated needs --contract; nothing was changed:
9001_drop.sql:2: ALTER TABLE products DROP COLUMN image_url
  contracts: older builds read and write it, and its data is gone
  instead: let one release stop using it, and a later one do this, with --contract
To allow all of it: npm run migrate -- --contract`,
  );
});

test('--contract lets it happen, and no build before it serves this schema any more', async () => {
  const applied = await store.migrate(dropsColumn, true);

  expect(applied).toEqual(['9001_drop']);
  expect(await columnsOfProducts()).not.toContain('image_url');
  expect(await schemaVersion(store.owner)).toMatchObject({ minimumBuild: 9001 });
  const read = { query: (statement: { text: string }) => store.owner.query(statement.text) };
  expect(await schemaMismatch(read as never)).toMatch(/^the schema needs build 9001 or newer/);
});

test('--contract raises nothing for what only expands, or only locks', async () => {
  const before = await schemaVersion(store.owner);

  await store.migrate(
    { '9001_slow': 'UPDATE products SET stock = 1; REINDEX TABLE products;' },
    true,
  );

  expect(await schemaVersion(store.owner)).toEqual(before);
});

test('a minimum that a migration says itself is kept when it is higher', async () => {
  const own = 'UPDATE schema_requirement SET minimum_build = 9005;';

  await store.migrate({ '9001_drop': `${dropsColumn['9001_drop']}\n${own}` }, true);

  expect(await schemaVersion(store.owner)).toMatchObject({ minimumBuild: 9005 });
});

test('a migration that fails does not raise the minimum either', async () => {
  const before = await schemaVersion(store.owner);
  const failing = { '9001_drop': `${dropsColumn['9001_drop']}\nSELECT 1 / 0;` };

  await expect(store.migrate(failing, true)).rejects.toThrow('division by zero');
  await store.owner.query('ROLLBACK');

  expect(await schemaVersion(store.owner)).toEqual(before);
  expect(await columnsOfProducts()).toContain('image_url');
});

test('an empty database has nobody to ask, and still knows what its builds must be', async () => {
  const empty = await moreMigrations({ empty: true });

  await empty.migrate(dropsColumn);

  expect(await schemaVersion(empty.owner)).toMatchObject({ minimumBuild: 9001 });
  await empty.close();
});

test('a name that the database knows already is not taken by a new function or schema', async () => {
  const hiding = {
    '9001_hide': 'CREATE FUNCTION lower(i integer) RETURNS integer LANGUAGE sql RETURN i;',
    '9002_hide': 'CREATE SCHEMA store_app;',
  };
  const fresh = {
    '9001_hide': 'CREATE FUNCTION fresh(i integer) RETURNS integer LANGUAGE sql RETURN i;',
    '9002_hide': 'CREATE SCHEMA fresh;',
  };

  const findings = await refusedOf(store.migrate(hiding));

  expect(findings.map(({ file }) => file)).toEqual(['9001_hide.sql', '9002_hide.sql']);
  expect(await store.migrate(fresh)).toEqual(['9001_hide', '9002_hide']);
});
