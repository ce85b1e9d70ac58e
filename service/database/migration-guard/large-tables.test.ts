import { connected } from '../../testing/template-database.ts';
import { type MoreMigrations, moreMigrations, refusedOf } from '../../testing/more-migrations.ts';
import { schemaVersion } from '../schema.ts';
import { LARGE_ROWS } from './catalogue.ts';

let store: MoreMigrations;
beforeEach(async () => {
  store = await moreMigrations();
});
afterEach(() => store.close());

/** Small is nothing to wait for; the guard takes the other for long. */
function visits(count: number): Promise<unknown> {
  return store.owner.query(`
    CREATE TABLE visits (n integer, page text);
    INSERT INTO visits SELECT generate_series(1, ${count});`);
}

const slow = {
  'builds an index': 'CREATE INDEX ON visits (n);',
  'rewrites it': 'ALTER TABLE visits ADD COLUMN token uuid DEFAULT gen_random_uuid();',
  'updates its rows': "UPDATE visits SET page = '/' WHERE page IS NULL;",
};

test.each(Object.entries(slow))('what %s passes while the table is small', async (_, sql) => {
  await visits(LARGE_ROWS - 1);

  expect(await store.migrate({ '9001_slow': sql })).toEqual(['9001_slow']);
});

test.each(Object.entries(slow))('what %s is refused when the table is large', async (_, sql) => {
  await visits(LARGE_ROWS);

  const findings = await refusedOf(store.migrate({ '9001_slow': sql }));

  expect(findings).toMatchObject([{ kind: 'locks', tables: ['visits'] }]);
});

test('an index that was built beforehand is found; one that did not get ready is not', async () => {
  await visits(LARGE_ROWS);
  const migrations = { '9001_made': 'CREATE INDEX IF NOT EXISTS made ON visits (n);' };
  await store.owner.query('CREATE INDEX CONCURRENTLY made ON visits (n)');
  await markInvalid('made', true);

  const findings = await refusedOf(store.migrate(migrations));
  await markInvalid('made', false);

  expect(findings).toHaveLength(1);
  expect(await store.migrate(migrations)).toEqual(['9001_made']);
});

/** As a CREATE INDEX CONCURRENTLY that was interrupted leaves it. */
async function markInvalid(index: string, isInvalid: boolean): Promise<void> {
  await connected(store.database.superuserUrl, (superuser) =>
    superuser.query('UPDATE pg_index SET indisvalid = $2 WHERE indexrelid = to_regclass($1)', [
      index,
      !isInvalid,
    ]),
  );
}

test('a large table gets its index beside its writers, also where a first try was broken off', async () => {
  await visits(LARGE_ROWS);
  await store.owner.query('CREATE INDEX made ON visits (page)');
  await markInvalid('made', true);
  const sql = '-- For lists.\nCREATE INDEX CONCURRENTLY IF NOT EXISTS made ON visits (n);';

  const applied = await store.migrate({ '9001_index': sql });

  const { rows } = await store.owner.query(
    `SELECT indisvalid AS valid, pg_get_indexdef(indexrelid) AS text FROM pg_index
      WHERE indexrelid = 'made'::regclass`,
  );
  expect(applied).toEqual(['9001_index']);
  expect(rows).toEqual([{ valid: true, text: expect.stringContaining('(n)') }]);
  expect(await store.migrate({})).toEqual([]);
});

test('the parts of a large table count together', async () => {
  await store.owner.query(`
    CREATE TABLE visits (at integer) PARTITION BY RANGE (at);
    CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM (0) TO (60000);
    CREATE TABLE visits_2 PARTITION OF visits FOR VALUES FROM (60000) TO (1000000);
    INSERT INTO visits SELECT generate_series(1, ${LARGE_ROWS});`);

  const findings = await refusedOf(store.migrate({ '9001_index': 'CREATE INDEX ON visits (at);' }));

  expect(findings).toHaveLength(1);
});

test('a column that a rule has proved to have no nulls becomes NOT NULL without --contract', async () => {
  await visits(LARGE_ROWS);
  await store.owner.query(`
    UPDATE visits SET page = '/';
    ALTER TABLE visits ADD CHECK (page IS NOT NULL) NOT VALID;`);
  const migrations = { '9001_tight': 'ALTER TABLE visits ALTER page SET NOT NULL;' };
  const findings = await refusedOf(store.migrate(migrations));
  await store.owner.query('ALTER TABLE visits VALIDATE CONSTRAINT visits_page_check');

  const applied = await store.migrate(migrations);

  expect(findings.map(({ kind }) => kind)).toEqual(['contracts', 'locks']);
  expect(applied).toEqual(['9001_tight']);
  expect((await schemaVersion(store.owner)).minimumBuild).toBeLessThan(9001);
});
