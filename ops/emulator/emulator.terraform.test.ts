import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { credentialsOf, startEmulator } from './emulator.ts';

const here = { accountId: '123456789012', region: 'eu-central-1' };

async function accountOf(endpoint: string, environment: Readonly<Record<string, string>>) {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = environment;
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  const client = new STSClient({ region: here.region, endpoint, credentials });
  return (await client.send(new GetCallerIdentityCommand({}))).Account;
}

test('it is the account that was asked for, and others for those who come as others', async () => {
  const { endpoint, environment, stop } = await startEmulator(here);

  const mine = await accountOf(endpoint, environment);
  const theirs = await accountOf(endpoint, credentialsOf('999999999999'));
  await stop();

  expect([mine, theirs]).toEqual(['123456789012', '999999999999']);
});

test('two may run beside each other, and stopped ones are gone', async () => {
  const emulators = await Promise.all([startEmulator(here), startEmulator(here)]);
  const [first, second] = emulators.map(({ endpoint }) => endpoint);
  await Promise.all(emulators.map(({ stop }) => stop()));

  expect(first).not.toBe(second);
  await expect(fetch(first ?? '')).rejects.toThrow('fetch failed');
});

test('it ends with the process that started it, even when that is killed', async () => {
  const program = `
    import { startEmulator } from ${JSON.stringify(import.meta.resolve('./emulator.ts'))};
    const { endpoint } = await startEmulator(${JSON.stringify(here)});
    console.log(endpoint);`;
  // Nobody is left to clear its folder away.
  const TMPDIR = await mkdtemp(join(tmpdir(), 'emulator-test-'));
  const starter = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '', TMPDIR },
  });
  const [endpoint] = (await once(starter.stdout, 'data')) as [Buffer];
  const isUp = () =>
    fetch(endpoint.toString().trim()).then(
      () => true,
      () => false,
    );
  const before = await isUp();

  starter.kill('SIGKILL');
  const deadline = performance.now() + 10_000;
  while ((await isUp()) && performance.now() < deadline) await wait(50);
  await rm(TMPDIR, { recursive: true });

  expect(before).toBe(true);
  expect(await isUp()).toBe(false);
});

test('a crash is told with the last lines of its log', async () => {
  const { pid, crashed, stop } = await startEmulator(here);

  process.kill(pid, 'SIGKILL');
  const words = await crashed;
  await stop();

  expect(words).toMatch(/^the emulated AWS ended by itself with SIGKILL\n/);
  expect(words).toContain('Ready');
});

test('a log that was asked for in a folder stays there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-test-'));
  const { logFile, stop } = await startEmulator({ ...here, folder });

  await stop();
  const log = await readFile(logFile, 'utf8');
  await rm(folder, { recursive: true });

  expect(dirname(logFile)).toBe(folder);
  expect(log).toContain('Ready');
});

test('with policies enforced, unknown keys are refused and root may do everything', async () => {
  const { endpoint, environment, stop } = await startEmulator({ ...here, authenticated: true });
  const stranger = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' };

  const root = await accountOf(endpoint, environment);
  const refused = await accountOf(endpoint, stranger).catch((error: unknown) => error);
  await stop();

  expect(root).toBe(here.accountId);
  expect((refused as Error).name).toBe('InvalidClientTokenId');
});
