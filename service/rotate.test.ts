import { loadRotationConfig, type RotationConfig } from './config.ts';
import { secretsManager } from './database/secret-store.ts';
import { migrate } from './migrate.ts';
import { createLogger } from './observability/logger.ts';
import { rotate } from './rotate.ts';
import { type SecretLogins, secretLogins, userBy } from './testing/secret-logins.ts';
import { connected } from './testing/template-database.ts';

const secrets = secretsManager();
let logins: SecretLogins;
let variables: NodeJS.ProcessEnv;
let config: RotationConfig;
let lines: Record<string, unknown>[];
const log = createLogger('info', {
  write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
});

beforeAll(async () => {
  logins = await secretLogins();
}, 120_000);
afterAll(() => logins.close());
beforeEach(async () => {
  variables = { ...(await logins.newDatabase()), ROTATION_GRACE_SECONDS: '0' };
  config = loadRotationConfig(variables);
  lines = [];
});

/** Migrated, with the login that the first rotation leaves. */
async function migrated() {
  await migrate(config, secrets, log);
  return logins.login();
}

test('new connections use the new login, and the old password is dead', async () => {
  const old = await migrated();

  await rotate(config, secrets, log);

  expect(await userBy(logins.url())).toBe('store_app_b');
  await expect(userBy(logins.url(old))).rejects.toMatchObject({ code: '28P01' });
  expect(lines.at(-1)).toMatchObject({
    rotated: {
      from: 'store_app_a',
      to: 'store_app_b',
      sessions: {},
      retired: true,
      repaired: false,
    },
  });
});

test('the logins alternate, and each dead one lives again', async () => {
  await migrated();

  await rotate(config, secrets, log);
  await rotate(config, secrets, log);

  expect(await userBy(logins.url())).toBe('store_app_a');
});

test('open sessions of the old login stay, and are counted', async () => {
  const old = await migrated();

  const stays = await connected(logins.url(old), async (client) => {
    await rotate(config, secrets, log);
    const { rows } = await client.query('SELECT current_user AS user');
    return rows;
  });

  expect(stays).toEqual([{ user: 'store_app_a' }]);
  expect(lines.at(-1)).toMatchObject({ rotated: { sessions: { store_app_a: 1 } } });
});

test('what else the secret says stays', async () => {
  const old = await migrated();
  const more = { host: variables['DATABASE_HOST'], engine: 'postgres' };
  logins.aws.secrets.set('application', JSON.stringify({ ...old, ...more }));

  await rotate(config, secrets, log);

  expect(logins.login()).toMatchObject({ ...more, username: 'store_app_b' });
});

test('while a restore is at work nothing is rotated', async () => {
  const old = await migrated();
  const elsewhere = { ...old, host: 'restored.example.com' };
  logins.aws.secrets.set('application', JSON.stringify(elsewhere));

  await expect(rotate(config, secrets, log)).rejects.toThrow(
    /leads to the database restored\.example\.com, this task to \S+: a restore is at work/,
  );

  expect(logins.login()).toEqual(elsewhere);
  expect(await userBy(logins.url(old))).toBe('store_app_a');
});

test('a login that somebody wrote by hand is left alone', async () => {
  await migrated();
  logins.aws.secrets.set('application', JSON.stringify({ username: 'ada', password: 'x' }));

  await expect(rotate(config, secrets, log)).rejects.toThrow('names the login ada');
});

test('before the first migration the secret stays empty, and that is no failure', async () => {
  await rotate(config, secrets, log);

  expect(await secrets.read('application')).toBeUndefined();
  expect(lines).toMatchObject([{ rotated: false }]);
});
