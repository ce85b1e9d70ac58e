import { createHash, randomBytes } from 'node:crypto';
import {
  BatchCheckLayerAvailabilityCommand,
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  ECRClient,
  InitiateLayerUploadCommand,
  PutImageCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr';
import type { Emulator } from '../emulator.ts';
import { type Both, clientSettings, startBoth } from '../testing/both.ts';

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const repositoryName = 'store';

let both: Both;
let ecr: ECRClient;

beforeAll(async () => {
  both = await startBoth();
  ecr = client(both.filled);
  for (const emulator of [both.filled, both.plain]) {
    await client(emulator).send(
      new CreateRepositoryCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }),
    );
  }
});

afterAll(() => both.stop());

const client = (emulator: Emulator) => new ECRClient(clientSettings(emulator));

const digestOf = (content: string | Buffer) =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`;

async function begin(): Promise<string> {
  const { uploadId } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName }));
  return uploadId ?? '';
}

function send(uploadId: string, part: Buffer, partFirstByte = 0) {
  const partLastByte = partFirstByte + part.length - 1;
  return ecr.send(
    new UploadLayerPartCommand({
      repositoryName,
      uploadId,
      partFirstByte,
      partLastByte,
      layerPartBlob: part,
    }),
  );
}

const end = (uploadId: string, digest: string) =>
  ecr.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [digest] }));

async function isThere(digest: string): Promise<boolean> {
  const { layers = [] } = await ecr.send(
    new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests: [digest] }),
  );
  return layers[0]?.layerAvailability === 'AVAILABLE';
}

function put(layers: readonly string[], more: { imageTag?: string; imageDigest?: string } = {}) {
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    layers: layers.map((digest) => ({ digest })),
  });
  return ecr.send(new PutImageCommand({ repositoryName, imageManifest, ...more }));
}

test('a layer in parts is there once it is complete, and can be pulled', async () => {
  const content = randomBytes(6_000_000);
  const digest = digestOf(content);
  const uploadId = await begin();
  await send(uploadId, content.subarray(0, 5_500_000));
  await send(uploadId, content.subarray(5_500_000), 5_500_000);
  expect(await isThere(digest)).toBe(false);

  await end(uploadId, digest);

  expect(await isThere(digest)).toBe(true);
  const pulled = await fetch(`${both.filled.endpoint}/v2/${repositoryName}/blobs/${digest}`);
  expect(digestOf(Buffer.from(await pulled.arrayBuffer()))).toBe(digest);
});

test('what is not whole is refused, as AWS does', async () => {
  const content = randomBytes(100);
  const uploadId = await begin();
  const refused = (name: string) => expect.objectContaining({ name });

  await expect(send('other', content)).rejects.toEqual(refused('UploadNotFoundException'));
  await expect(end(uploadId, 'sha256:1')).rejects.toEqual(refused('EmptyUploadException'));
  await expect(send(uploadId, content, 5)).rejects.toEqual(refused('InvalidLayerPartException'));
  await send(uploadId, content);
  await expect(send(uploadId, content, 100)).rejects.toEqual(refused('LayerPartTooSmallException'));
  await expect(end(uploadId, 'sha256:1')).rejects.toEqual(refused('InvalidLayerException'));
  await end(uploadId, digestOf(content));
  const again = await begin();
  await send(again, content);
  await expect(end(again, digestOf(content))).rejects.toEqual(
    refused('LayerAlreadyExistsException'),
  );
});

test('an image is taken when all its layers are there, under its own digest, once', async () => {
  const content = randomBytes(100);
  const refused = (name: string) => expect.objectContaining({ name });
  await expect(put([digestOf(content)])).rejects.toEqual(refused('LayersNotFoundException'));
  const uploadId = await begin();
  await send(uploadId, content);
  await end(uploadId, digestOf(content));
  const layers = [digestOf(content)];

  await expect(put(layers, { imageDigest: digestOf('another') })).rejects.toEqual(
    refused('ImageDigestDoesNotMatchException'),
  );
  const { image } = await put(layers, { imageTag: 'v1' });
  await expect(put(layers, { imageTag: 'v1' })).rejects.toEqual(
    refused('ImageAlreadyExistsException'),
  );

  const digest = image?.imageId?.imageDigest ?? '';
  const pulled = await fetch(`${both.filled.endpoint}/v2/${repositoryName}/manifests/${digest}`);
  expect(digestOf(await pulled.text())).toBe(digest);
});

test('without our filler nothing that is sent in parts arrives', async () => {
  ecr = client(both.plain);
  const content = randomBytes(100);
  const uploadId = await begin();
  await send(uploadId, content);
  await end(uploadId, digestOf(content));

  expect(await isThere(digestOf(content))).toBe(false);
  await expect(put([digestOf('never sent')])).resolves.toBeDefined();
});
