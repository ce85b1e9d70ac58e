import { EmulatedAccount, KEYS, kill, until } from './testing/emulated-account.ts';

let account: EmulatedAccount;
beforeAll(async () => {
  account = await EmulatedAccount.open('100000000003');
});
afterAll(() => account.close());

test('what exists without a state is taken over by another machine, and nothing made twice', async () => {
  const withoutAlias = account.start('ada');
  await until(withoutAlias, /aws_kms_key\.\S+: Still creating/);
  kill(withoutAlias);
  await withoutAlias.end;
  const withAlias = account.start('bob');
  await until(withAlias, /aws_kms_alias\.\S+: Creation complete/);
  kill(withAlias);
  await withAlias.end;

  const { code, output } = await account.run('eve');

  expect(withAlias.output()).toContain('Plan: 2 to import');
  expect(output).toContain('Plan: 3 to import');
  expect(output).toContain('Next: npm run release -- dev');
  expect(code).toBe(0);
  expect(await account.keys()).toEqual(KEYS);
});
