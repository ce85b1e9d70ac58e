import { loadRotationConfig, type RotationConfig } from './config.ts';
import { type SecretStore, secretsManager } from './database/secret-store.ts';
import { migrate } from './migrate.ts';
import { createLogger } from './observability/logger.ts';
import { rotate } from './rotate.ts';
import { type Command, run } from './testing/processes.ts';
import { type SecretLogins, secretLogins, userBy } from './testing/secret-logins.ts';

/** What Secrets Manager refuses is not tried again. */
const KILLED = Object.assign(new Error('killed'), { $fault: 'client' });

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

function messages(): string {
  return lines.map(({ msg }) => String(msg)).join('\n');
}

test('broken off before the secret is written, the old login works; the next one ends it', async () => {
  const old = await migrated();
  const broken = withWrite(() => Promise.reject(KILLED));

  await expect(rotate(config, broken, log)).rejects.toThrow('killed');
  expect(logins.login()).toEqual(old);
  expect(await userBy(logins.url())).toBe('store_app_a');

  await rotate(config, secrets, log);
  expect(await userBy(logins.url())).toBe('store_app_b');
  expect(messages()).toContain('has not ended: store_app_b was still alive');
});

test('broken off right after the secret is written, both work; the next one ends it', async () => {
  const old = await migrated();
  const broken = withWrite(async (id, value) => {
    await secrets.write(id, value);
    throw KILLED;
  });

  await expect(rotate(config, broken, log)).rejects.toThrow('killed');
  expect(await userBy(logins.url())).toBe('store_app_b');
  expect(await userBy(logins.url(old))).toBe('store_app_a');

  await rotate(config, secrets, log);
  await expect(userBy(logins.url(old))).rejects.toMatchObject({ code: '28P01' });
  expect(await userBy(logins.url())).toBe('store_app_a');
  expect(messages()).toContain('has not ended: store_app_a was still alive');
});

function withWrite(write: SecretStore['write']): SecretStore {
  return { read: (id) => secrets.read(id), write };
}

test.each([
  { signal: 'SIGTERM', code: 143, says: 'stopped by SIGTERM; the secret names a login that works' },
  { signal: 'SIGKILL', code: null, says: '' },
] as const)('$signal in the grace time ends it at once; the next one ends it', async (stopped) => {
  const old = await migrated();
  const rotation = inGrace();
  await rotation.says(/the old one lives on/);

  rotation.child.kill(stopped.signal);
  const { code, output } = await rotation.exited;

  expect(code).toBe(stopped.code);
  expect(output).toContain(stopped.says);
  expect(await userBy(logins.url())).toBe('store_app_b');
  expect(await userBy(logins.url(old))).toBe('store_app_a');
  await rotate(config, secrets, log);
  expect(messages()).toContain('has not ended: store_app_a was still alive');
  await expect(userBy(logins.url(old))).rejects.toMatchObject({ code: '28P01' });
});

/** A rotation in a process of its own, with a grace time that outlives the test. */
function inGrace(): Command {
  return run('service/rotate.ts', { ...variables, ROTATION_GRACE_SECONDS: '3600' });
}

test('another one in the grace time goes ahead, and nobody retires what is in use', async () => {
  const first = await migrated();
  let second = first;
  let readings = 0;
  // After the grace time, the owner's login is read before the lock is taken.
  const overtaken: SecretStore = {
    write: (id, value) => secrets.write(id, value),
    async read(id) {
      if (id === 'master' && (readings += 1) === 2) {
        second = logins.login();
        await rotate(config, secrets, log);
      }
      return secrets.read(id);
    },
  };

  await rotate(config, overtaken, log);

  expect(await userBy(logins.url())).toBe('store_app_a');
  for (const old of [first, second]) {
    await expect(userBy(logins.url(old))).rejects.toMatchObject({ code: '28P01' });
  }
  expect(messages()).toContain('another rotation came meanwhile');
});

test('two at once: both end well, and the secret opens', async () => {
  await migrated();

  await Promise.all([rotate(config, secrets, log), rotate(config, secrets, log)]);

  expect(await userBy(logins.url())).toBe(logins.login().username);
});

test('a store of secrets that is away for a while is waited for', async () => {
  await migrated();
  let asked = 0;
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const flickering: SecretStore = {
    read: (id) => ((asked += 1) % 2 === 1 ? Promise.reject(away) : secrets.read(id)),
    write: (id, value) => secrets.write(id, value),
  };

  await rotate(config, flickering, log);

  expect(await userBy(logins.url())).toBe('store_app_b');
  expect(messages()).toContain('waiting for Secrets Manager, up to 60 s: connect ECONNREFUSED');
});
