import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Emulator, startEmulator } from './emulator.ts';
import { healFaults, plantFaults } from './planted-faults.ts';
import { clientSettings } from './testing/both.ts';
import { somebodyWho } from './testing/people.ts';

const ACCOUNT = '123456789012';

let folder: string;
let emulator: Emulator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faults-'));
  const where = { accountId: ACCOUNT, region: 'eu-central-1', folder };
  emulator = await startEmulator({ ...where, authenticated: true });
});

afterEach(() => healFaults(folder));

afterAll(async () => {
  await emulator.stop();
  await rm(folder, { recursive: true, force: true });
});

function secrets() {
  const client = new SecretsManagerClient({ ...clientSettings(emulator), maxAttempts: 1 });
  return client.send(new ListSecretsCommand({})).then(
    () => 'there',
    ({ $metadata }: { $metadata: { httpStatusCode: number } }) => $metadata.httpStatusCode,
  );
}

const buckets = () => new S3Client(clientSettings(emulator)).send(new ListBucketsCommand({}));

test('a service that is away answers nobody, until it is back; others go on', async () => {
  await plantFaults(folder, { away: [{ service: 'secretsmanager' }] });
  const away = await secrets();
  await buckets();
  await healFaults(folder);

  expect([away, await secrets()]).toEqual([503, 'there']);
});

test('a service may go away in the middle, once an action was seen', async () => {
  const service = 'secretsmanager';
  await plantFaults(folder, { away: [{ service, onceSeen: 'ListSecrets' }] });
  const before = await buckets().then(() => 'there');
  const away = await secrets();

  expect([before, away]).toEqual(['there', 503]);
});

test('keys of a role can be made to expire', async () => {
  const Principal = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const Statement = [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }];
  const { Role } = await new IAMClient(clientSettings(emulator)).send(
    new CreateRoleCommand({
      RoleName: 'operator',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    }),
  );
  const sts = new STSClient(clientSettings(emulator));
  const assume = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'test' });
  const { Credentials: keys } = await sts.send(assume);
  const asOperator = new STSClient(
    clientSettings(emulator, {
      AWS_ACCESS_KEY_ID: keys?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: keys?.SecretAccessKey ?? '',
      AWS_SESSION_TOKEN: keys?.SessionToken ?? '',
    }),
  );
  await asOperator.send(new GetCallerIdentityCommand({}));

  await plantFaults(folder, { expired: [keys?.AccessKeyId ?? ''] });

  await expect(asOperator.send(new GetCallerIdentityCommand({}))).rejects.toThrow(/expired/);
});

test('a clock that is ten minutes off is refused once, and clients then set theirs by it', async () => {
  const person = await somebodyWho(emulator, { Action: '*' });
  const list = (maxAttempts: number) =>
    new SecretsManagerClient({ ...clientSettings(emulator, person), maxAttempts }).send(
      new ListSecretsCommand({}),
    );
  await plantFaults(folder, { clockAheadSeconds: 600 });

  await expect(list(1)).rejects.toThrow(/is now earlier than/);
  const { SecretList } = await list(3);

  expect(SecretList).toEqual([]);
});
