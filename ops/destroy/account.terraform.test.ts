/** Each test goes on where the one before has stopped. The registry's own stack is the rehearsal's. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PROJECT } from '../../contract.ts';
import { hasBucket } from '../bootstrap/bucket.ts';
import { keyOfAlias } from '../bootstrap/key.ts';
import { find } from '../deployment/synthesis.ts';
import { putImage } from '../promote/testing/some-image.ts';
import { repositoryName } from '../running/names.ts';
import { destroyAccount } from './account.ts';
import { deleteImages } from './images.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';

const ALIAS = `alias/${PROJECT}-state`;

let dev: EmulatedDev;
let data: string;
let key: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'destroy-test-'));
  dev = await emulatedDev({ bucket: true });
  const kms = new KMSClient({ region: dev.environment.region });
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  key = KeyMetadata?.KeyId ?? '';
  await kms.send(new CreateAliasCommand({ AliasName: ALIAS, TargetKeyId: key }));
  await dev.putObject(`${PROJECT}-state.tfstate`, ownState(dev.environment.stateBucket, key));
});
afterAll(async () => {
  await dev.emulator.stop();
  await rm(data, { recursive: true });
});
beforeEach(() => {
  process.env['STORE_STATE_BUCKET'] = '';
  import.meta.jest.spyOn(console, 'log').mockReturnValue();
});

const destroy = (confirm: string) => destroyAccount({ table: dev.table, of: 'dev', confirm, data });

test("another name than the project's is refused", async () => {
  await expect(destroy('dev')).rejects.toThrow(`--confirm says 'dev', but ${PROJECT}`);
});

test('an environment that is left is named, and nothing is destroyed', async () => {
  await dev.putState('network', { aws_vpc: { id: 'vpc-1' }, aws_eip: { id: 'eip-1' } });
  // One that was taken out of the table while it was still there.
  await dev.putObject(
    'old-database.tfstate',
    '{"resources": [{"mode": "managed", "type": "aws_db_instance", "instances": [{}]}]}',
  );

  await expect(destroy(PROJECT)).rejects.toThrow(
    /dev-network\.tfstate: 2 resources\n {2}old-database\.tfstate: 1 resources/,
  );
  expect(await hasBucket(find(dev.table, 'dev').account)).toBe(true);
});

test('while somebody is at work nothing is destroyed', async () => {
  await dev.putState('network', {});
  await dev.putObject('old-database.tfstate', '{"resources": []}');
  await dev.putObject('releases/dev/release.tflock', '{}');

  await expect(destroy(PROJECT)).rejects.toThrow(
    'releases/dev/release.tflock: somebody is at work',
  );
});

test.each([
  [/^Of the account/, 'so nothing was destroyed'],
  [/^ok +registry/, 'so the bucket of all states stays; the registry is gone'],
])('who comes to work after "%s" was written keeps the bucket', async (moment, sentence) => {
  const { stateBucket: Bucket, region } = dev.environment;
  const s3 = new S3Client({ region });
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'releases/dev/release.tflock' }));
  import.meta.jest.spyOn(console, 'log').mockImplementation((line: string) => {
    if (moment.test(line)) putBeforeAnythingElse(`${Bucket}/releases/dev/release.tflock`);
  });

  await expect(destroy(PROJECT)).rejects.toThrow(sentence);

  expect(await hasBucket(find(dev.table, 'dev').account)).toBe(true);
});

test('without the name of the bucket the key of all states is left alone', async () => {
  process.env['STORE_STATE_BUCKET'] = 'a-bucket-that-nobody-made';

  await expect(destroy(PROJECT)).rejects.toThrow('set STORE_STATE_BUCKET=<name>');

  expect(await stateOfKey()).toBe('Enabled');
});

test('bucket, key and alias go, whatever versions there are; the state is kept here', async () => {
  const { region, stateBucket: Bucket } = dev.environment;
  // Leaves a mark of deletion.
  await new S3Client({ region }).send(
    new DeleteObjectCommand({ Bucket, Key: 'releases/dev/release.tflock' }),
  );

  await destroy(PROJECT);

  expect(await hasBucket(find(dev.table, 'dev').account)).toBe(false);
  expect(await keyOfAlias(region, ALIAS)).toBeUndefined();
  expect(await stateOfKey()).toBe('PendingDeletion');
  const [folder = ''] = await readdir(data);
  expect(await readdir(join(data, folder))).toEqual([
    expect.stringMatching(/^destroyed-.*\.tfstate$/),
  ]);
});

test('broken off after the bucket was deleted, it goes on with the key', async () => {
  const { region } = dev.environment;
  const kms = new KMSClient({ region });
  await kms.send(new CreateAliasCommand({ AliasName: ALIAS, TargetKeyId: key }));

  await destroy(PROJECT);

  expect(await keyOfAlias(region, ALIAS)).toBeUndefined();
});

test('a bucket and a key that came after it are not what it may go on with', async () => {
  const { region } = dev.environment;
  const kms = new KMSClient({ region });
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  await kms.send(new CreateAliasCommand({ AliasName: ALIAS, TargetKeyId: KeyMetadata?.KeyId }));

  await expect(destroy(PROJECT)).rejects.toThrow('set STORE_STATE_BUCKET=<name>');

  expect(await keyOfAlias(region, ALIAS)).toBe(KeyMetadata?.KeyId);
});

test('all images are deleted and counted, those with two tags once', async () => {
  const { region } = dev.environment;
  const ecr = new ECRClient({ region });
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  for (const tag of ['one', 'two', 'three']) {
    await putImage(dev.environment, { commit: tag, tag });
  }
  await putImage(dev.environment, { commit: 'three', tag: 'three-again' });

  expect(await deleteImages(region)).toBe(3);
  expect(await deleteImages(region)).toBe(0);
});

async function stateOfKey(): Promise<string | undefined> {
  const kms = new KMSClient({ region: dev.environment.region });
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: key }));
  return KeyMetadata?.KeyState;
}

/** Of the bucket's own stack, with what is read of it. */
function ownState(bucket: string, keyId: string): string {
  const resources = [
    { mode: 'managed', type: 'aws_s3_bucket', instances: [{ attributes: { bucket } }] },
    { mode: 'managed', type: 'aws_kms_key', instances: [{ attributes: { key_id: keyId } }] },
  ];
  return JSON.stringify({ resources });
}

/** This process waits for it, so that nothing else happens meanwhile. */
function putBeforeAnythingElse(path: string): void {
  const put = `await fetch('${dev.emulator.endpoint}/${path}', { method: 'PUT', body: '{}' })`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', put], { env: {} });
}
