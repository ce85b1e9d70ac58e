/** Each test goes on where the one before has stopped. The registry's own stack is the rehearsal's. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
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
  await dev.putObject(`${PROJECT}-state.tfstate`, '{"resources": []}');
});
afterAll(async () => {
  await dev.emulator.stop();
  await rm(data, { recursive: true });
});
beforeEach(() => import.meta.jest.spyOn(console, 'log').mockReturnValue());

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
  await dev.putObject('releases/dev/lock', '{}');

  await expect(destroy(PROJECT)).rejects.toThrow('releases/dev/lock: somebody is at work');
});

test('bucket, key and alias go, whatever versions there are; the state is kept here', async () => {
  const { region, stateBucket: Bucket } = dev.environment;
  // Leaves a mark of deletion.
  await new S3Client({ region }).send(
    new DeleteObjectCommand({ Bucket, Key: 'releases/dev/lock' }),
  );

  await destroy(PROJECT);

  expect(await hasBucket(find(dev.table, 'dev').account)).toBe(false);
  expect(await keyOfAlias(region, ALIAS)).toBeUndefined();
  const { KeyMetadata } = await new KMSClient({ region }).send(
    new DescribeKeyCommand({ KeyId: key }),
  );
  expect(KeyMetadata?.KeyState).toBe('PendingDeletion');
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

test('all images are deleted and counted, those with two tags once', async () => {
  const { region } = dev.environment;
  const ecr = new ECRClient({ region });
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  const put = (imageTag: string, text: string) =>
    ecr.send(new PutImageCommand({ repositoryName, imageTag, imageManifest: manifest(text) }));
  for (const tag of ['one', 'two', 'three']) await put(tag, tag);
  await put('three-again', 'three');

  expect(await deleteImages(region)).toBe(3);
  expect(await deleteImages(region)).toBe(0);
});

function manifest(text: string): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { digest: `sha256:${'a'.repeat(64)}`, size: 1 },
    layers: [],
    annotations: { text },
  });
}
