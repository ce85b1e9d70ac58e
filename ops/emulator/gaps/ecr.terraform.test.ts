import { createHash } from 'node:crypto';
import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
} from '@aws-sdk/client-ecr';
import type { Emulator } from '../emulator.ts';
import { ACCOUNT, type Both, clientSettings, REGION, startBoth } from '../testing/both.ts';

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const CONFIG = JSON.stringify({ architecture: 'arm64', os: 'linux' });
const repositoryName = 'store';
const absent = `sha256:${'0'.repeat(64)}`;

let both: Both;

beforeAll(async () => {
  both = await startBoth();
  for (const emulator of [both.filled, both.plain]) {
    const ecr = new ECRClient(clientSettings(emulator));
    await ecr.send(
      new CreateRepositoryCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }),
    );
  }
});

afterAll(() => both.stop());

/** As a container engine does it. @returns the image's digest */
async function push(emulator: Emulator, tag: string, created: string): Promise<string> {
  const config = JSON.stringify({ ...(JSON.parse(CONFIG) as object), created });
  const digest = digestOf(config);
  const base = `${emulator.endpoint}/v2/${repositoryName}`;
  await fetch(`${base}/blobs/uploads/?digest=${digest}`, { method: 'POST', body: config });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: 'application/vnd.docker.container.image.v1+json', digest },
    layers: [],
  });
  const headers = { 'content-type': MANIFEST };
  await fetch(`${base}/manifests/${tag}`, { method: 'PUT', headers, body: manifest });
  return digestOf(manifest);
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

test('images are named after the account, and pushed to this machine', async () => {
  const ecr = new ECRClient(clientSettings(both.filled));

  const { authorizationData = [] } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand({}));

  expect(authorizationData.map(({ proxyEndpoint }) => proxyEndpoint)).toEqual([
    both.filled.endpoint,
  ]);
  expect(repositories.map(({ repositoryUri }) => repositoryUri)).toEqual([
    `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${repositoryName}`,
  ]);
});

test('what was pushed can be read back, down to its architecture', async () => {
  const ecr = new ECRClient(clientSettings(both.filled));
  const imageDigest = await push(both.filled, 'read-back', '2026-01-01');

  const { images = [] } = await ecr.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [{ imageDigest }] }),
  );
  const { config } = JSON.parse(images[0]?.imageManifest ?? '') as { config: { digest: string } };
  const { downloadUrl = '' } = await ecr.send(
    new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest: config.digest }),
  );

  expect(await (await fetch(downloadUrl)).json()).toMatchObject(JSON.parse(CONFIG) as object);
});

test('a tag stays with its first image', async () => {
  const ecr = new ECRClient(clientSettings(both.filled));
  const imageDigest = await push(both.filled, 'first', '2026-01-02');
  await push(both.filled, 'first', '2026-01-03');

  const { imageDetails } = await ecr.send(
    new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'first' }] }),
  );

  expect(imageDetails).toMatchObject([{ imageDigest, imageTags: ['first'] }]);
});

test('an image or a layer that is not there is said to be absent', async () => {
  const ecr = new ECRClient(clientSettings(both.filled));
  const image = { repositoryName, imageIds: [{ imageTag: 'never' }] };
  const layer = { repositoryName, layerDigest: absent };

  await expect(ecr.send(new DescribeImagesCommand(image))).rejects.toMatchObject({
    name: 'ImageNotFoundException',
  });
  await expect(ecr.send(new GetDownloadUrlForLayerCommand(layer))).rejects.toMatchObject({
    name: 'LayersNotFoundException',
  });
});

/** Pushes, deletes, and pulls by digest. @returns the status of the pull */
async function pullDeleted(emulator: Emulator): Promise<number> {
  const ecr = new ECRClient(clientSettings(emulator));
  const imageDigest = await push(emulator, 'deleted', '2026-01-04');
  await ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest }] }));
  const manifest = `${emulator.endpoint}/v2/${repositoryName}/manifests/${imageDigest}`;
  return (await fetch(manifest)).status;
}

test('a deleted image cannot be pulled', async () => {
  expect(await pullDeleted(both.filled)).toBe(404);
});

test('without our filler addresses are AWS’s, what is absent is not said, and the deleted stays', async () => {
  const ecr = new ECRClient(clientSettings(both.plain));

  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const { downloadUrl } = await ecr.send(
    new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest: absent }),
  );
  const { imageDetails } = await ecr.send(
    new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'never' }] }),
  );

  expect(authorizationData?.[0]?.proxyEndpoint).toContain('amazonaws.com');
  expect(downloadUrl).toContain('amazonaws.com');
  expect(imageDetails).toEqual([]);
  expect(await pullDeleted(both.plain)).toBe(200);
});
