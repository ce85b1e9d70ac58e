import { EmulatedAccount, KEYS, until } from './testing/emulated-account.ts';

let account: EmulatedAccount;
beforeAll(async () => {
  account = await EmulatedAccount.open('100000000002');
});
afterAll(() => account.close());

test('Ctrl-C lets Terraform end in order; the same command goes on and makes nothing twice', async () => {
  const interrupted = account.start('ada');
  await until(interrupted, /aws_kms_key\.\S+: Still creating/);
  interrupted.process.kill('SIGINT');
  const end = await interrupted.end;

  const { code, output } = await account.run('ada');

  expect(interrupted.output()).toContain('Gracefully shutting down...');
  expect(interrupted.output()).toContain('stopped by SIGINT; run the same command to go on');
  expect(end).toBe(130);
  expect(output).toContain('Next: npm run release -- dev');
  expect(code).toBe(0);
  expect(await account.keys()).toEqual(KEYS);
});
