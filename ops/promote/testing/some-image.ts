/** Images without a container engine: written through ECR's own API. */
import { createHash } from 'node:crypto';
import {
  CompleteLayerUploadCommand,
  ECRClient,
  InitiateLayerUploadCommand,
  PutImageCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr';
import type { Environment } from '../../../stacks/place.ts';
import { repositoryName } from '../../running/names.ts';

const OCI = 'application/vnd.oci.image';
/** Bytes that a part has at most. */
const PART = 10_485_760;

interface Image {
  readonly commit: string;
  readonly architecture?: 'arm64' | 'amd64';
  readonly layers?: readonly Buffer[];
  /** @default none: it is of a list */
  readonly tag?: string;
}

interface Content {
  readonly mediaType: string;
  readonly [part: string]: unknown;
}

/** @returns its digest */
export async function putImage(
  environment: Environment,
  { commit, architecture = 'arm64', layers = [], tag }: Image,
): Promise<string> {
  const Labels = { 'org.opencontainers.image.revision': commit };
  const config = Buffer.from(JSON.stringify({ architecture, os: 'linux', config: { Labels } }));
  const put = (blob: Buffer, kind: string) => putLayer(environment, blob, `${OCI}.${kind}`);
  return putManifest(environment, tag, {
    mediaType: `${OCI}.manifest.v1+json`,
    config: await put(config, 'config.v1+json'),
    layers: await Promise.all(layers.map((layer) => put(layer, 'layer.v1.tar+gzip'))),
  });
}

/** @param members digests of images by architecture */
export function putList(
  environment: Environment,
  tag: string,
  members: Readonly<Record<string, string>>,
): Promise<string> {
  return putManifest(environment, tag, {
    mediaType: `${OCI}.index.v1+json`,
    manifests: Object.entries(members).map(([architecture, digest]) => ({
      mediaType: `${OCI}.manifest.v1+json`,
      digest,
      size: 500,
      platform: { architecture, os: 'linux' },
    })),
  });
}

async function putManifest(
  { region }: Environment,
  imageTag: string | undefined,
  content: Content,
): Promise<string> {
  // Blanks that no program would write again: the digest is of this very text.
  const imageManifest = JSON.stringify({ schemaVersion: 2, ...content }, null, 3);
  await new ECRClient({ region }).send(
    new PutImageCommand({
      repositoryName,
      imageManifest,
      imageManifestMediaType: content.mediaType,
      ...(imageTag !== undefined && { imageTag }),
    }),
  );
  return digestOf(imageManifest);
}

async function putLayer({ region }: Environment, blob: Buffer, mediaType: string) {
  const client = new ECRClient({ region });
  const { uploadId } = await client.send(new InitiateLayerUploadCommand({ repositoryName }));
  for (let first = 0; first < blob.length; first += PART) {
    const layerPartBlob = blob.subarray(first, first + PART);
    const partLastByte = first + layerPartBlob.length - 1;
    await client.send(
      new UploadLayerPartCommand({
        repositoryName,
        uploadId,
        partFirstByte: first,
        partLastByte,
        layerPartBlob,
      }),
    );
  }
  const digest = digestOf(blob);
  await client
    .send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [digest] }))
    .catch((error: Error) => {
      if (error.name !== 'LayerAlreadyExistsException') throw error;
    });
  return { mediaType, digest, size: blob.length };
}

function digestOf(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
