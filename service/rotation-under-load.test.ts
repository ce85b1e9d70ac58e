import { loadConfig, loadRotationConfig, type RotationConfig } from './config.ts';
import { Credentials } from './database/credentials.ts';
import { createDatabase } from './database/database.ts';
import { openPool, poolOptions } from './database/pool.ts';
import { secretsManager } from './database/secret-store.ts';
import { migrate } from './migrate.ts';
import { createLogger } from './observability/logger.ts';
import { rotate } from './rotate.ts';
import { startStore } from './server.ts';
import { type SecretLogins, secretLogins } from './testing/secret-logins.ts';
import { connected } from './testing/template-database.ts';

const log = createLogger('silent');
const secrets = secretsManager();
let logins: SecretLogins;
let variables: NodeJS.ProcessEnv;
let config: RotationConfig;

beforeAll(async () => {
  logins = await secretLogins();
}, 120_000);
afterAll(() => logins.close());
beforeEach(async () => {
  variables = { ...(await logins.newDatabase()), ROTATION_GRACE_SECONDS: '0' };
  config = loadRotationConfig(variables);
  await migrate(config, secrets, log);
});

/** Where the service finds its database. */
function serviceVariables(): NodeJS.ProcessEnv {
  const { DATABASE_MASTER_SECRET_ID: _, ROTATION_GRACE_SECONDS: __, ...rest } = variables;
  return { NODE_ENV: 'test', LOG_LEVEL: 'silent', PORT: '0', DRAIN_SECONDS: '0', ...rest };
}

test('a pool that knows the old login fails no query while it lives, dies and is renewed', async () => {
  const { database } = loadConfig(serviceVariables());
  const credentials = new Credentials(secrets, 'application');
  // A new connection for each query: each one has to log in with what it knows.
  const pool = openPool({ ...poolOptions(database, credentials), maxUses: 1 }, log);
  const db = createDatabase(pool, credentials);
  const users: string[] = [];
  const end = new AbortController();
  const load = async () => {
    while (!end.signal.aborted) {
      const question = { name: '', text: 'SELECT current_user AS user' };
      const { rows } = await db.read.query<{ user: string }>(question);
      users.push(rows[0]?.user ?? '');
    }
  };
  const loads = [load(), load(), load()];

  for (const _ of [1, 2, 3]) await rotate({ ...config, graceSeconds: 1 }, secrets, log);
  end.abort();

  await expect(Promise.all(loads)).resolves.toBeDefined();
  await pool.end();
  const order = users.filter((user, i) => user !== users[i - 1]);
  expect(order[0]).toBe('store_app_a');
  expect(new Set(order)).toEqual(new Set(['store_app_a', 'store_app_b']));
});

test('the service reads its login from the secret, and two rotations fail no request', async () => {
  const store = await startStore(
    loadConfig({ ...serviceVariables(), HOST: '127.0.0.1', MAX_EVENT_LOOP_DELAY: '0' }),
  );
  const statuses = new Set<number>();
  const ask = async () => statuses.add((await store.app.inject('/v1/products')).statusCode);
  await ask();

  for (const _ of [1, 2]) {
    await rotate(config, secrets, log);
    // Every connection anew, as after a failover: the login that it knows may be dead.
    await connected(logins.database.superuserUrl, (client) =>
      client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE usename LIKE 'store_app%' AND datname = current_database()`),
    );
    await Promise.all(Array.from({ length: 20 }, ask));
  }
  await store.stop();

  expect([...statuses]).toEqual([200]);
});
