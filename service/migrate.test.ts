import { loadOwnerConfig, type OwnerConfig } from './config.ts';
import { secretsManager } from './database/secret-store.ts';
import { migrate } from './migrate.ts';
import { createLogger } from './observability/logger.ts';
import { connected } from './testing/template-database.ts';
import { type SecretLogins, secretLogins } from './testing/secret-logins.ts';

const log = createLogger('silent');
const secrets = secretsManager();
let logins: SecretLogins;
let config: OwnerConfig;

beforeAll(async () => {
  logins = await secretLogins();
}, 120_000);
afterAll(() => logins.close());
beforeEach(async () => {
  config = loadOwnerConfig(await logins.newDatabase());
});

test('an empty database gets its schema, its logins and the secret its value', async () => {
  await migrate(config, secrets, log);

  expect(logins.login()).toEqual({
    username: 'store_app_a',
    password: expect.stringMatching(/^.{43}$/),
  });
  const { rows } = await connected(logins.url(), (client) =>
    client.query('SELECT count(*)::int AS products FROM products'),
  );
  expect(rows).toEqual([{ products: 0 }]);
});

test('repeating it changes nothing, not even the password', async () => {
  await migrate(config, secrets, log);
  const before = logins.login();

  await migrate(config, secrets, log);

  expect(logins.login()).toEqual(before);
});

test('two at once: one works, the other waits and finds nothing to do', async () => {
  await Promise.all([migrate(config, secrets, log), migrate(config, secrets, log)]);

  const { rows } = await connected(logins.database.ownerUrl, (client) =>
    client.query(
      'SELECT count(*)::int AS applied, count(DISTINCT name)::int AS names FROM migrations',
    ),
  );
  expect(rows[0]).toMatchObject({ applied: rows[0].names });
  await expect(connected(logins.url(), async () => 'in')).resolves.toBe('in');
});

test('a migration that fails leaves nothing of itself', async () => {
  await connected(logins.database.ownerUrl, (client) =>
    client.query('CREATE TABLE customers (id int)'),
  );

  await expect(migrate(config, secrets, log)).rejects.toThrow('already exists');

  const { rows } = await connected(logins.database.ownerUrl, (client) =>
    client.query(
      `SELECT to_regclass('orders') AS orders, array_agg(name::text) AS applied FROM migrations`,
    ),
  );
  expect(rows).toEqual([{ orders: null, applied: ['0001_catalogue'] }]);
});

test.each([
  ['make tables', 'CREATE TABLE mine (id int)'],
  ['make tables of its own session', 'CREATE TEMP TABLE mine (id int)'],
  ['drop tables', 'DROP TABLE products'],
  ['empty the ledger', 'DELETE FROM stock_changes'],
  ['delete orders', 'DELETE FROM orders'],
  ['rewrite history', "UPDATE order_history SET status = 'paid'"],
  ['pretend a migration', "INSERT INTO migrations (name, run_on) VALUES ('x', now())"],
  ['make logins', 'CREATE ROLE mine LOGIN'],
])('the service’s login cannot %s', async (_, statement) => {
  await migrate(config, secrets, log);

  await expect(connected(logins.url(), (client) => client.query(statement))).rejects.toThrow(
    /permission denied|must be owner/,
  );
});

test('no password is in what the server is told', async () => {
  await migrate(config, secrets, log);

  const { rows } = await connected(logins.database.superuserUrl, (client) =>
    client.query(`SELECT rolpassword FROM pg_authid WHERE rolname = 'store_app_a'`),
  );

  expect(rows[0].rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/);
});
