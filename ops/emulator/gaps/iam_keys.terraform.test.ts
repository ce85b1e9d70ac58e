import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Emulator } from '../emulator.ts';
import { type Both, clientSettings, REGION, startBoth } from '../testing/both.ts';
import { outcome, settingsOf } from '../testing/people.ts';

let both: Both;

beforeAll(async () => {
  both = await startBoth(true);
});

afterAll(() => both.stop());

/** A file and a secret, encrypted with a key. */
async function encrypted(emulator: Emulator): Promise<void> {
  const root = clientSettings(emulator);
  const { KeyMetadata } = await new KMSClient(root).send(new CreateKeyCommand({}));
  const KmsKeyId = KeyMetadata?.Arn;
  const s3 = new S3Client({ ...root, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'states' }));
  await s3.send(
    new PutObjectCommand({
      Bucket: 'states',
      Key: 'one',
      Body: 'one',
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: KmsKeyId,
    }),
  );
  const secret = new CreateSecretCommand({ Name: 'login', KmsKeyId, SecretString: 'a' });
  await new SecretsManagerClient(root).send(secret);
}

/** Reads both and writes the secret, as somebody who may do all that with files and secrets. */
async function uses(
  emulator: Emulator,
  ...statements: readonly { Action: string; Condition?: object }[]
) {
  const all = { Action: ['s3:*', 'secretsmanager:*'] };
  const settings = await settingsOf(emulator, all, ...statements);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const secrets = new SecretsManagerClient(settings);
  return [
    await outcome(s3.send(new GetObjectCommand({ Bucket: 'states', Key: 'one' }))),
    await outcome(secrets.send(new GetSecretValueCommand({ SecretId: 'login' }))),
    await outcome(
      secrets.send(new PutSecretValueCommand({ SecretId: 'login', SecretString: 'b' })),
    ),
  ];
}

const through = (service: string, context: Readonly<Record<string, string>> = {}) => ({
  StringEquals: { 'kms:ViaService': `${service}.${REGION}.amazonaws.com`, ...context },
});

test('what is encrypted is read and written by those only who may use its key', async () => {
  await encrypted(both.filled);
  const reads = { Action: 'kms:Decrypt' };
  const writes = { Action: 'kms:GenerateDataKey' };

  expect(await uses(both.filled)).toEqual(['denied', 'denied', 'denied']);
  expect(await uses(both.filled, reads)).toEqual(['allowed', 'allowed', 'denied']);
  expect(await uses(both.filled, reads, writes)).toEqual(['allowed', 'allowed', 'allowed']);

  await encrypted(both.plain);
  // Without our filler nobody is asked about the key.
  expect(await uses(both.plain)).toEqual(['allowed', 'allowed', 'allowed']);
});

test('a key may be used through one service, and for one thing, alone', async () => {
  const file = { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::states/one' };
  const other = { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::states/other' };
  const decrypt = (Condition: object) => ({ Action: 'kms:Decrypt', Condition });

  const outcomes = [
    await uses(both.filled, decrypt(through('s3', file))),
    await uses(both.filled, decrypt(through('s3', other))),
    await uses(both.filled, decrypt(through('secretsmanager'))),
  ];

  expect(outcomes.map(([readsFile, readsSecret]) => [readsFile, readsSecret])).toEqual([
    ['allowed', 'denied'],
    ['denied', 'denied'],
    ['denied', 'allowed'],
  ]);
});
