import { loadConfig, loadOwnerConfig, type OwnerConfig } from './config.ts';
import { secretsManager } from './database/secret-store.ts';
import { migrate } from './migrate.ts';
import { createLogger } from './observability/logger.ts';
import { rotate } from './rotate.ts';
import { startStore } from './server.ts';
import { type AwsStandIn, startAwsStandIn } from './testing/aws-stand-in.ts';
import { connected, createTestDatabase, type TestDatabase } from './testing/template-database.ts';

// Migration and rotation in one file: the service's logins belong to the whole server.
const log = createLogger('silent');
const secrets = secretsManager();
let aws: AwsStandIn;
let database: TestDatabase;
let config: OwnerConfig;

beforeAll(async () => {
  aws = await startAwsStandIn();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  aws.secrets.clear();
  database = await createTestDatabase({ empty: true });
  const { username, password, hostname, port, pathname } = new URL(database.ownerUrl);
  aws.secrets.set('master', JSON.stringify({ username, password }));
  config = loadOwnerConfig({
    DATABASE_MASTER_SECRET_ID: 'master',
    DATABASE_SECRET_ID: 'application',
    DATABASE_HOST: hostname,
    DATABASE_PORT: port,
    DATABASE_NAME: pathname.slice(1),
  });
});
afterEach(() => database.drop());

function login(): { username: string; password: string } {
  return JSON.parse(aws.secrets.get('application') ?? '{}') as ReturnType<typeof login>;
}

/** The URL of the service, logged in as the secret says. */
function applicationUrl({ username, password } = login()): string {
  return Object.assign(new URL(database.ownerUrl), { username, password }).href;
}

test('an empty database gets its schema, its logins and the secret its value', async () => {
  await migrate(config, secrets, log);

  expect(login()).toEqual({ username: 'store_app_a', password: expect.stringMatching(/^.{43}$/) });
  const { rows } = await connected(applicationUrl(), (client) =>
    client.query('SELECT count(*)::int AS products FROM products'),
  );
  expect(rows).toEqual([{ products: 0 }]);
});

test('repeating it changes nothing, not even the password', async () => {
  await migrate(config, secrets, log);
  const before = login();

  await migrate(config, secrets, log);

  expect(login()).toEqual(before);
});

test('two at once: one works, the other waits and finds nothing to do', async () => {
  await Promise.all([migrate(config, secrets, log), migrate(config, secrets, log)]);

  const { rows } = await connected(database.ownerUrl, (client) =>
    client.query(
      'SELECT count(*)::int AS applied, count(DISTINCT name)::int AS names FROM migrations',
    ),
  );
  expect(rows[0]).toMatchObject({ applied: rows[0].names });
  await expect(connected(applicationUrl(), async () => 'in')).resolves.toBe('in');
});

test('a migration that fails leaves nothing of itself', async () => {
  await connected(database.ownerUrl, (client) => client.query('CREATE TABLE customers (id int)'));

  await expect(migrate(config, secrets, log)).rejects.toThrow('already exists');

  const { rows } = await connected(database.ownerUrl, (client) =>
    client.query(
      `SELECT to_regclass('orders') AS orders, array_agg(name::text) AS applied FROM migrations`,
    ),
  );
  expect(rows).toEqual([{ orders: null, applied: ['0001_catalogue'] }]);
});

test.each([
  ['make tables', 'CREATE TABLE mine (id int)'],
  ['drop tables', 'DROP TABLE products'],
  ['empty the ledger', 'DELETE FROM stock_changes'],
  ['delete orders', 'DELETE FROM orders'],
  ['rewrite history', "UPDATE order_history SET status = 'paid'"],
  ['pretend a migration', "INSERT INTO migrations (name, run_on) VALUES ('x', now())"],
  ['make logins', 'CREATE ROLE mine LOGIN'],
])('the service’s login cannot %s', async (_, statement) => {
  await migrate(config, secrets, log);

  await expect(connected(applicationUrl(), (client) => client.query(statement))).rejects.toThrow(
    /permission denied|must be owner/,
  );
});

test('no password is in what the server is told', async () => {
  await migrate(config, secrets, log);

  const { rows } = await connected(database.superuserUrl, (client) =>
    client.query(`SELECT rolpassword FROM pg_authid WHERE rolname = 'store_app_a'`),
  );

  expect(rows[0].rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/);
});

test('a rotation gives the idle login a new password; the old one works on', async () => {
  await migrate(config, secrets, log);
  const first = login();

  await rotate(config, secrets, log);
  const second = login();
  await rotate(config, secrets, log);
  const third = login();

  expect([first, second, third].map(({ username }) => username)).toEqual([
    'store_app_a',
    'store_app_b',
    'store_app_a',
  ]);
  for (const works of [second, third]) {
    await expect(connected(applicationUrl(works), async () => 'in')).resolves.toBe('in');
  }
  await expect(connected(applicationUrl(first), async () => 'in')).rejects.toMatchObject({
    code: '28P01',
  });
});

test('a rotation before the first migration leaves the secret empty', async () => {
  await rotate(config, secrets, log);

  expect(await secrets.read('application')).toBeUndefined();
});

test('the service reads its login from the secret, and two rotations fail no request', async () => {
  await migrate(config, secrets, log);
  const { hostname, port, pathname } = new URL(database.ownerUrl);
  const store = await startStore(
    loadConfig({
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      HOST: '127.0.0.1',
      PORT: '0',
      DRAIN_SECONDS: '0',
      MAX_EVENT_LOOP_DELAY: '0',
      DATABASE_SECRET_ID: 'application',
      DATABASE_HOST: hostname,
      DATABASE_PORT: port,
      DATABASE_NAME: pathname.slice(1),
    }),
  );
  const statuses = new Set<number>();
  const ask = async () => statuses.add((await store.app.inject('/v1/products')).statusCode);
  await ask();

  for (const _ of [1, 2]) {
    await rotate(config, secrets, log);
    // Every connection anew, as after a failover: the login that it knows may be dead.
    await connected(database.superuserUrl, (client) =>
      client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE usename LIKE 'store_app%' AND datname = current_database()`),
    );
    await Promise.all(Array.from({ length: 20 }, ask));
  }
  await store.stop();

  expect([...statuses]).toEqual([200]);
});
