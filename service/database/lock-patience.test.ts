import { createLogger } from '../observability/logger.ts';
import { type MoreMigrations, moreMigrations } from '../testing/more-migrations.ts';
import { connected } from '../testing/template-database.ts';
import { untilSomebodyWaits } from '../testing/waiting.ts';
import { despiteLocks, LOCK_LIMIT } from './lock-patience.ts';

const ADD = 'ALTER TABLE products ADD COLUMN weight integer';

let store: MoreMigrations;
beforeEach(async () => {
  store = await moreMigrations();
});
afterEach(() => store.close());

test('requests behind a migration that waits for an idle transaction get through; then it happens', async () => {
  const { url, superuserUrl } = store.database;

  const [applied, answered] = await connected(url, async (idle) => {
    await idle.query('BEGIN; SELECT FROM products');
    const migrating = store.migrate({ '9000_add': ADD });
    await untilSomebodyWaits(superuserUrl);
    const { rows } = await connected(url, (behind) =>
      behind.query('SELECT count(*)::int AS products FROM products'),
    );
    await idle.query('COMMIT');
    return [await migrating, rows];
  });

  expect(answered).toEqual([{ products: 0 }]);
  expect(applied).toEqual(['9000_add']);
}, 20_000);

test('a table that stays held ends it, with who holds it and what to do, and nothing half done', async () => {
  const { owner } = store;
  const log = createLogger('silent');

  await connected(store.database.url, async (idle) => {
    const { rows } = await idle
      .query('BEGIN; SELECT FROM products')
      .then(() => idle.query<{ pid: number }>('SELECT pg_backend_pid() AS pid'));
    const migrating = despiteLocks(
      owner,
      log,
      () => owner.query(`BEGIN; ${LOCK_LIMIT}; ${ADD}`),
      1,
    );
    await expect(migrating).rejects.toThrow(
      new RegExp(
        `run the same release again. Long transactions:\\n  process ${rows[0]?.pid} \\(store_tests.*\\): products$`,
      ),
    );
  });

  // No transaction is left open, and the table is as it was.
  await expect(owner.query('SELECT weight FROM products')).rejects.toThrow('does not exist');
  await owner.query('VACUUM products');
});

test('a migration may set a limit of its own', async () => {
  const limit = "AS SELECT current_setting('lock_timeout') AS limit";

  await store.migrate(
    {
      '9000_ours': `CREATE TABLE ours ${limit};`,
      '9001_own': `SET LOCAL lock_timeout = '10s'; CREATE TABLE own ${limit};`,
    },
    true,
  );

  const { rows } = await store.owner.query('TABLE ours UNION ALL TABLE own');
  expect(rows).toEqual([{ limit: '1500ms' }, { limit: '10s' }]);
});
