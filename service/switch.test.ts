/** Two servers, as in AWS: the logins of one are not those of the other. */
import { Client, escapeIdentifier } from 'pg';
import { loadConfig, loadOwnerConfig, type OwnerConfig } from './config.ts';
import { type SecretStore, secretsManager } from './database/secret-store.ts';
import { migrate } from './migrate.ts';
import { createLogger } from './observability/logger.ts';
import { startStore } from './server.ts';
import { switchDatabase } from './switch.ts';
import { anotherServer, Relay } from './testing/second-server.ts';
import { type SecretLogins, secretLogins, userBy } from './testing/secret-logins.ts';
import { connected } from './testing/template-database.ts';
import type { TestServer } from './testing/test-server.ts';

const log = createLogger('silent');
const secrets = secretsManager();
/** Only its host can tell the second database from the first: both have one port, as in AWS. */
const [FIRST, SECOND] = ['127.0.0.1', process.platform === 'darwin' ? '::1' : '127.0.0.2'];
const OWNER = { username: 'store_owner', password: 'only-for-tests' };

let logins: SecretLogins;
let server: TestServer;
let toFirst: Relay;
let toSecond: Relay;
let variables: NodeJS.ProcessEnv;
let first: OwnerConfig;
let second: OwnerConfig;
let left: { host: string; secretId: string };

beforeAll(async () => {
  logins = await secretLogins();
  server = await anotherServer();
}, 120_000);
afterAll(async () => {
  await server.stop();
  await logins.close();
});
beforeEach(async () => {
  variables = await logins.newDatabase();
  const { DATABASE_NAME: name = '' } = variables;
  // As RDS's master user may.
  await connected(logins.database.superuserUrl, (superuser) =>
    superuser.query(`GRANT pg_signal_backend TO ${OWNER.username}`),
  );
  await connected(server.url, async (superuser) => {
    const exists = await superuser.query('SELECT FROM pg_roles WHERE rolname = $1', [
      OWNER.username,
    ]);
    if (exists.rowCount === 0) {
      await superuser.query(
        `CREATE ROLE ${OWNER.username} LOGIN CREATEROLE IN ROLE pg_signal_backend PASSWORD '${OWNER.password}'`,
      );
    }
    await superuser.query(`CREATE DATABASE ${escapeIdentifier(name)} OWNER ${OWNER.username}`);
  });
  toFirst = await Relay.open({ host: FIRST, port: 0 }, logins.database.ownerUrl);
  toSecond = await Relay.open({ host: SECOND, port: toFirst.port }, server.url);
  variables = { ...variables, DATABASE_HOST: FIRST, DATABASE_PORT: String(toFirst.port) };
  logins.aws.secrets.set('second', JSON.stringify(OWNER));
  first = loadOwnerConfig(variables);
  second = loadOwnerConfig({
    ...variables,
    DATABASE_HOST: SECOND,
    DATABASE_MASTER_SECRET_ID: 'second',
  });
  left = { host: FIRST, secretId: 'master' };
  await migrate(first, secrets, log);
  await migrate(second, secrets, log);
});
afterEach(() => Promise.all([toFirst.close(), toSecond.close()]));

/** Of a server on this machine, whichever address leads to it. */
function urlOfSecond(login: { username: string; password: string } = OWNER): string {
  const url = new URL(server.url);
  url.pathname = `/${variables['DATABASE_NAME'] ?? ''}`;
  const { username, password } = login;
  return Object.assign(url, { username, password }).href;
}

function asOwnerOfSecond(text: string): Promise<unknown> {
  return connected(urlOfSecond(), (owner) => owner.query(text));
}

function startService() {
  const { DATABASE_MASTER_SECRET_ID: _, ...service } = variables;
  return startStore(
    loadConfig({
      ...service,
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      HOST: '127.0.0.1',
      PORT: '0',
      DRAIN_SECONDS: '0',
      MAX_EVENT_LOOP_DELAY: '0',
    }),
  );
}

/** Tells the two apart. */
function putProductIntoSecond(): Promise<unknown> {
  return asOwnerOfSecond(`
    INSERT INTO products (id, sku, name, description, price_amount, price_currency)
    VALUES (gen_random_uuid(), 'SECOND', 'Second', '', 1, 'EUR')`);
}

/** Undefined while it says that it has no database. */
async function skusOf(store: Awaited<ReturnType<typeof startStore>>) {
  const response = await store.app.inject('/v1/products');
  if (response.statusCode === 503) return undefined;
  const { items } = response.json<{ items: { sku: string }[] }>();
  return items.map(({ sku }) => sku);
}

test('the service works with the other database at once, and the first one lets nobody in', async () => {
  await putProductIntoSecond();
  const store = await startService();
  const before = await skusOf(store);
  const old = logins.login();

  await switchDatabase(second, { left, secrets, log });
  const after = await skusOf(store);
  await store.stop();

  expect([before, after]).toEqual([[], ['SECOND']]);
  expect(logins.login()).toEqual({
    username: 'store_app_b',
    password: expect.stringMatching(/^.{43}$/),
    host: SECOND,
  });
  await expect(userBy(logins.url(old))).rejects.toMatchObject({ code: '28P01' });
});

test('no session of the service is left in the first one', async () => {
  const session = new Client(logins.url());
  await session.connect();
  const errors: Error[] = [];
  session.on('error', (error) => errors.push(error));
  const ended = new Promise((resolve) => session.once('end', resolve));

  await switchDatabase(second, { left, secrets, log });
  await ended;

  expect(errors[0]).toMatchObject({ code: '57P01' });
});

test('whatever else is in the secret stays, and the passwords that were restored open nothing', async () => {
  const { username, password } = logins.login();
  logins.aws.secrets.set('application', JSON.stringify({ username, password, note: 'kept' }));
  await asOwnerOfSecond(`ALTER ROLE store_app_a PASSWORD 'restored' VALID UNTIL 'infinity'`);

  await switchDatabase(second, { left, secrets, log });

  expect(logins.login()).toMatchObject({ note: 'kept' });
  const restored = urlOfSecond({ username: 'store_app_a', password: 'restored' });
  await expect(userBy(restored)).rejects.toMatchObject({ code: '28P01' });
});

test('broken off before the secret is written, it is done by doing it again', async () => {
  const away: SecretStore = {
    read: (id) => secrets.read(id),
    write: () => Promise.reject(new Error('away')),
  };
  await expect(switchDatabase(second, { left, secrets: away, log })).rejects.toThrow('away');

  await switchDatabase(second, { left, secrets, log });

  expect(logins.login()).toMatchObject({ host: SECOND });
  expect(await userBy(urlOfSecond(logins.login()))).toBe(logins.login().username);
});

test('a first one that does not answer is no reason to write the secret: it may be written to', async () => {
  const before = logins.login();
  await toFirst.close();

  await expect(switchDatabase(second, { left, secrets, log })).rejects.toThrow('ECONNREFUSED');

  expect(logins.login()).toEqual(before);
});

test('where nobody is left the secret is written at once', async () => {
  await switchDatabase(second, { secrets, log });

  expect(logins.login()).toMatchObject({ host: SECOND });
});

test('a service whose database cannot be reached any more finds the one of the secret', async () => {
  await putProductIntoSecond();
  const store = await startService();
  const before = await skusOf(store);

  await switchDatabase(second, { secrets, log });
  await toFirst.close();
  let after: string[] | undefined;
  // The secret is read once a second at most.
  while (after === undefined) after = await skusOf(store);
  await store.stop();

  expect([before, after]).toEqual([[], ['SECOND']]);
});
