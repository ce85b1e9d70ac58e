/** What is said of an empty account, of one that is ready, and of the wrong one; in an emulated AWS. */
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { CreatePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { PROJECT } from '../../contract.ts';
import { subjectsOf } from '../../stacks/pipelines/subjects.ts';
import { stateKeyAlias } from '../../stacks/store-stack.ts';
import { someTable } from '../../stacks/testing/some-table.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { credentialsOf, type Emulator, startEmulator } from '../emulator/emulator.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnose } from './doctor.ts';

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

let accounts = 0;

/** An empty account, whose root this is. */
function anAccount() {
  const accountId = String(100_000_000_001 + (accounts += 1));
  Object.assign(process.env, credentialsOf(accountId));
  const table: Table = { dev: { ...someTable.dev, accountId, github } };
  return { table, ...find(table, 'dev') };
}

type EmulatedAccount = ReturnType<typeof anAccount>;

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
});

test('with credentials of another account AWS is asked nothing more', async () => {
  const account = anAccount();
  Object.assign(process.env, credentialsOf('999999999999'));

  const found = await look(account);

  expect(wrong(found)).toEqual(['credentials']);
  expect(found.at(-1)).toMatchObject({ what: 'in AWS', verdict: 'warning' });
});

async function makeBucket({ account: { region, stateBucket: Bucket } }: EmulatedAccount) {
  const s3 = new S3Client({ region });
  await s3.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
}

async function put({ account }: EmulatedAccount, Key: string, content: object): Promise<void> {
  const { region, stateBucket: Bucket } = account;
  const Body = JSON.stringify(content);
  await new S3Client({ region }).send(new PutObjectCommand({ Bucket, Key, Body }));
}

const ANYTHING = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

/** As the bootstrap leaves it. */
async function makeReady(ready: EmulatedAccount): Promise<void> {
  const { environment, account } = ready;
  const { region, stateBucket: Bucket } = environment;
  await makeBucket(ready);
  const kms = new KMSClient({ region });
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const AliasName = stateKeyAlias(account).split(':').at(-1);
  await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyMetadata?.KeyId }));
  await closeBucket(Bucket, KeyMetadata?.Arn ?? '');
  await put(ready, `${PROJECT}-state.tfstate`, {});
  await new ECRClient({ region }).send(new CreateRepositoryCommand({ repositoryName: PROJECT }));

  const iam = new IAMClient({ region });
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [ANYTHING] });
  const boundary = { PolicyName: `${environment.prefix}-boundary`, Path: `/${PROJECT}/dev/` };
  await iam.send(new CreatePolicyCommand({ ...boundary, PolicyDocument }));
  for (const pipeline of ['plan', 'apply'] as const) {
    const subject = 'token.actions.githubusercontent.com:sub';
    const Condition = { StringEquals: { [subject]: subjectsOf(environment, pipeline) } };
    const Statement = [{ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Condition }];
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    const RoleName = `${environment.prefix}-${pipeline}`;
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  }
}

async function closeBucket(Bucket: string, KMSMasterKeyID: string): Promise<void> {
  const s3 = new S3Client({});
  const encryption = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } as const;
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: encryption }],
      },
    }),
  );
  const all = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true };
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: { ...all, RestrictPublicBuckets: true },
    }),
  );
  const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
  const Statement = [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition }];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}
