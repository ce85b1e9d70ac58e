/** What is said of an empty account, of one that is ready, and of the wrong one; in an emulated AWS. */
import { IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { someTable } from '../../stacks/testing/some-table.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { credentialsOf, type Emulator, startEmulator } from '../emulator/emulator.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnose } from './doctor.ts';
import { makeBucket, makeReady, put, trustDocument } from './testing/ready-account.ts';

const github = {
  repository: 'octo-org/store',
  ownerId: '123456',
  repositoryId: '456789',
  provider: 'create',
} as const;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ accountId: '100000000000', region: someTable.dev.region });
  Object.assign(process.env, emulator.environment, { STORE_STATE_BUCKET: '' });
});
afterAll(() => emulator.stop());

interface Trust {
  readonly Statement: unknown[];
}

let accounts = 0;

/** An empty account, whose root this is. */
function anAccount() {
  const accountId = String(100_000_000_001 + (accounts += 1));
  Object.assign(process.env, credentialsOf(accountId));
  const table: Table = { dev: { ...someTable.dev, accountId, github } };
  return { table, ...find(table, 'dev') };
}

const look = ({ table }: { table: Table }) => diagnose({ table, name: 'dev', here: [] });
const wrong = (found: readonly Diagnosis[]) =>
  found.filter(({ verdict }) => verdict === 'wrong').map(({ what }) => what);

test('an empty account is told to begin with the bootstrap', async () => {
  const empty = anAccount();

  const found = await look(empty);

  expect(wrong(found)).toEqual(['state bucket', 'registry', 'boundary', 'plan role', 'apply role']);
  expect(found).toContainEqual({
    what: 'state bucket',
    verdict: 'wrong',
    text: `there is no ${empty.account.stateBucket} yet: npm run bootstrap -- dev`,
  });
  expect(found).toContainEqual({
    what: 'stacks',
    verdict: 'warning',
    text: 'none is applied yet: npm run release -- dev',
  });
});

test('a bucket that somebody made by hand is told what it lacks', async () => {
  const account = anAccount();
  await makeBucket(account);

  const found = await look(account);

  expect(wrong(found)).toEqual(
    expect.arrayContaining(['encryption', 'public access', 'TLS only', 'reading']),
  );
  expect(wrong(found)).not.toContain('versioning');
});

test('in an account that is ready nothing is wrong, and a lock is told', async () => {
  const account = anAccount();
  await makeReady(account);
  const resources = [{ mode: 'managed', type: 'aws_vpc', instances: [{}] }];
  await put(account, 'dev-network.tfstate', { resources });
  await put(account, 'dev-network.tfstate.tflock', { Who: 'ada@laptop', Operation: 'x' });

  const found = await look(account);

  expect(found.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
  expect(found).toContainEqual({
    what: 'stacks',
    verdict: 'warning',
    text: expect.stringMatching(/^network are applied, identity, .* not: npm run release -- dev/),
  });
  expect(found).toContainEqual({
    what: 'locks',
    verdict: 'warning',
    text: expect.stringMatching(
      /^dev-network is locked by ada@laptop .*npm run unlock -- dev-network/,
    ),
  });
});

test("a role that trusts another repository's jobs is wrong", async () => {
  const account = anAccount();
  await makeReady(account);
  const { dev } = account.table;
  const table = { dev: { ...dev, github: { ...github, repositoryId: '7' } } } as Table;

  const found = await look({ table });

  expect(wrong(found)).toEqual(['plan role', 'apply role']);
  expect(found.find(({ what }) => what === 'plan role')?.text).toContain(
    'repository_id: 456789 instead of 7',
  );
});

test('a role that lets somebody else in as well is wrong', async () => {
  const account = anAccount();
  await makeReady(account);
  const document = JSON.parse(trustDocument(account.environment, 'plan')) as Trust;
  const Root = { AWS: `arn:aws:iam::${account.environment.accountId}:root` };
  document.Statement.push({ Effect: 'Allow', Principal: Root, Action: 'sts:AssumeRole' });
  await new IAMClient({ region: account.environment.region }).send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: `${account.environment.prefix}-plan`,
      PolicyDocument: JSON.stringify(document),
    }),
  );

  const found = await look(account);

  expect(wrong(found)).toEqual(['plan role']);
});

test('with credentials of another account AWS is asked nothing more', async () => {
  const account = anAccount();
  Object.assign(process.env, credentialsOf('999999999999'));

  const found = await look(account);

  expect(wrong(found)).toEqual(['credentials']);
  expect(found.at(-1)).toMatchObject({ what: 'in AWS', verdict: 'warning' });
});
