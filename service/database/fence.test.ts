import { Client } from 'pg';
import { loadConfig, loadOwnerConfig, type OwnerConfig } from '../config.ts';
import { migrate } from '../migrate.ts';
import { createLogger } from '../observability/logger.ts';
import { type SecretLogins, secretLogins, userBy } from '../testing/secret-logins.ts';
import { connected } from '../testing/template-database.ts';
import { Credentials } from './credentials.ts';
import { createDatabase } from './database.ts';
import { fence } from './fence.ts';
import { asOwner } from './owner.ts';
import { openPool, poolOptions } from './pool.ts';
import { renewPassword } from './roles.ts';
import { secretsManager } from './secret-store.ts';

const log = createLogger('silent');
const secrets = secretsManager();
let logins: SecretLogins;
let variables: NodeJS.ProcessEnv;
let config: OwnerConfig;

beforeAll(async () => {
  logins = await secretLogins();
}, 120_000);
afterAll(() => logins.close());
beforeEach(async () => {
  variables = await logins.newDatabase();
  config = loadOwnerConfig(variables);
  // As RDS's master user may.
  await connected(logins.database.superuserUrl, (superuser) =>
    superuser.query('GRANT pg_signal_backend TO store_owner'),
  );
  await migrate(config, secrets, log);
});

function fenced(): Promise<number> {
  return asOwner(config.database, secrets, fence);
}

/** A login whose password PostgreSQL has asked for, and is given when the test says so. */
function atTheDoor() {
  const asked = Promise.withResolvers<void>();
  const proved = Promise.withResolvers<string>();
  const { hostname, port, pathname } = new URL(logins.database.ownerUrl);
  const { username, password } = logins.login();
  const client = new Client({
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
    user: username,
    password: () => {
      asked.resolve();
      return proved.promise;
    },
  });
  return { asked: asked.promise, entered: client.connect(), prove: () => proved.resolve(password) };
}

test('who was asked for the password before the fence does not come in after it', async () => {
  const late = atTheDoor();
  await late.asked;

  await fenced();
  late.prove();

  await expect(late.entered).rejects.toMatchObject({ code: '28000' });
});

test('a login that is renewed comes in again', async () => {
  await fenced();

  const password = await asOwner(config.database, secrets, (owner) =>
    renewPassword(owner, 'store_app_b'),
  );

  expect(await userBy(logins.url({ username: 'store_app_b', password }))).toBe('store_app_b');
});

test('who is turned away after the password was right reads the secret again', async () => {
  const { DATABASE_MASTER_SECRET_ID: _, ...service } = variables;
  const { database } = loadConfig({ ...service, NODE_ENV: 'test' });
  const credentials = new Credentials(secrets, 'application');
  const pool = openPool(poolOptions(database, credentials), log);
  await credentials.current();
  const password = await asOwner(config.database, secrets, async (owner) => {
    await owner.query('ALTER ROLE store_app_a NOLOGIN');
    return renewPassword(owner, 'store_app_b');
  });
  await secrets.write('application', JSON.stringify({ username: 'store_app_b', password }));

  const { rows } = await createDatabase(pool, credentials).read.query({
    name: '',
    text: 'SELECT current_user AS user',
  });
  await pool.end();

  expect(rows).toEqual([{ user: 'store_app_b' }]);
});
