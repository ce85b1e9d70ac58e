/** Each test goes on where the one before has stopped: a new account takes more than a minute. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { EmulatedAccount, KEYS, until } from './testing/emulated-account.ts';

let account: EmulatedAccount;
beforeAll(async () => {
  account = await EmulatedAccount.open('100000000001');
});
afterAll(() => account.close());

test('two at once on one machine: the second is refused, and the first goes on', async () => {
  const first = account.start('ada', { steps: 2 });
  await until(first, /Creating\.\.\./);

  const second = await account.run('ada');

  expect(second).toMatchObject({ code: 1 });
  expect(second.output).toContain('Error acquiring the state lock');
  expect(second.output).toContain('another run is at work there');
  expect(await first.end).toBe(0);
});

test('broken off after the bucket was made, it goes on with the state of this machine', async () => {
  const { code, output } = await account.run('ada', { steps: 3 });

  expect(output).toContain('No changes.');
  expect(code).toBe(0);
  expect(await account.state('state')).toContain('aws_s3_bucket');
  expect(existsSync(`${account.machine('ada')}/terraform.tfstate`)).toBe(false);
});

test('broken off after the state was moved, it goes on from another machine', async () => {
  await rm(account.machine('ada'), { recursive: true });

  const { code, output } = await account.run('bob');

  expect(output).toMatch(/2\/4[^]*No changes\.[^]*3\/4[^]*4\/4[^]*5 added, 0 changed, 0 destroyed/);
  expect(output).toContain('Next: npm run release -- dev');
  expect(code).toBe(0);
});

test('once more changes nothing', async () => {
  const { code, output } = await account.run('ada');

  expect(output.match(/No changes\./g)).toHaveLength(2);
  expect(output).not.toMatch(/will be (imported|created|updated|destroyed)/);
  expect(code).toBe(0);
  expect(await account.keys()).toEqual(KEYS);
});
