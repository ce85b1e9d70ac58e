/** Brings an image from one registry to another, bit for bit: through ECR's own API, without an engine. */
import {
  BatchCheckLayerAvailabilityCommand,
  ECRClient,
  LayerAvailability,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import type { Environment } from '../../stacks/place.ts';
import type { Say } from '../deployment/progress.ts';
import { type Blob, isTagged, type Manifest, requireManifest } from '../release/registry.ts';
import { repositoryName } from '../running/names.ts';
import { sendLayer } from './layer.ts';

/** As many as ECR takes in one question. */
const LAYERS_ASKED = 100;
/** Bytes. */
const MEGABYTE = 1_000_000;

interface Copy {
  readonly digest: string;
  /** Environments whose registries are meant. */
  readonly from: Environment;
  readonly to: Environment;
  /** Under which it is kept there. */
  readonly tag: string;
}

/** May be broken off and repeated: what is there already is not sent again. @throws Refusal, Interrupted */
export async function copyImage(
  { digest, from, to, tag }: Copy,
  { say, signal }: { readonly say: Say; readonly signal: AbortSignal },
): Promise<void> {
  if (await isTagged(to, digest)) return;
  const manifests = await manifestsOf(from, digest);
  const blobs = blobsOf(manifests.map(({ manifest }) => manifest));
  const missing = await missingOf(to, blobs);
  const total = sizeOf(missing);
  const there = megabytes(sizeOf(blobs) - total);
  let sent = 0;
  const told = () =>
    say(`${megabytes(sent)} of ${megabytes(total)} MB copied from ${from.name}; ${there} there`);
  told();
  for (const blob of missing) {
    await sendLayer(blob, { from, to, signal }, (bytes) => {
      sent += bytes;
      told();
    });
  }
  for (const { digest: imageDigest, manifest } of manifests) {
    signal.throwIfAborted();
    const last = imageDigest === digest;
    await put(to, { imageDigest, manifest, ...(last && { tag }) });
  }
}

interface Named {
  readonly digest: string;
  readonly manifest: Manifest;
}

/** Those of a list before the list, which names them. */
async function manifestsOf(from: Environment, digest: string): Promise<Named[]> {
  const manifest = await requireManifest(from, digest);
  const members = manifest.parts.manifests ?? [];
  const found = await Promise.all(members.map((member) => manifestsOf(from, member.digest)));
  return [...found.flat(), { digest, manifest }];
}

/** Each once: images of a list share layers. */
function blobsOf(manifests: readonly Manifest[]): Blob[] {
  const all = manifests.flatMap(({ parts: { config, layers = [] } }) =>
    config === undefined ? layers : [config, ...layers],
  );
  return [...new Map(all.map((blob) => [blob.digest, blob])).values()];
}

async function missingOf({ region }: Environment, blobs: readonly Blob[]): Promise<Blob[]> {
  const client = new ECRClient({ region });
  const there = new Set<string | undefined>();
  for (let first = 0; first < blobs.length; first += LAYERS_ASKED) {
    const layerDigests = blobs.slice(first, first + LAYERS_ASKED).map(({ digest }) => digest);
    const { layers = [] } = await client.send(
      new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests }),
    );
    for (const { layerDigest, layerAvailability } of layers) {
      if (layerAvailability === LayerAvailability.AVAILABLE) there.add(layerDigest);
    }
  }
  return blobs.filter(({ digest }) => !there.has(digest));
}

interface Entry {
  readonly imageDigest: string;
  readonly manifest: Manifest;
  readonly tag?: string;
}

async function put(
  { region }: Environment,
  { imageDigest, manifest: { text, mediaType }, tag }: Entry,
): Promise<void> {
  const image = new PutImageCommand({
    repositoryName,
    imageManifest: text,
    // ECR refuses another text than that of the digest.
    imageDigest,
    ...(mediaType !== undefined && { imageManifestMediaType: mediaType }),
    ...(tag !== undefined && { imageTag: tag }),
  });
  try {
    await new ECRClient({ region }).send(image);
  } catch (error) {
    if ((error as Error).name !== 'ImageAlreadyExistsException') throw error;
  }
}

function sizeOf(blobs: readonly Blob[]): number {
  return blobs.reduce((sum, { size }) => sum + size, 0);
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}
