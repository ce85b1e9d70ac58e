import { createHash } from 'node:crypto';
import {
  CompleteLayerUploadCommand,
  ECRClient,
  InitiateLayerUploadCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { addressOf, type Blob } from '../release/registry.ts';
import { repositoryName } from '../running/names.ts';

/** Bytes of a part; ECR says how many it expects, and takes from 5 to 20 MiB. */
const PART = 10_485_760;

interface Way {
  readonly from: Environment;
  readonly to: Environment;
  readonly signal: AbortSignal;
}

/**
 * One layer, or a configuration. What was sent in part is begun anew.
 * @param sent hears how many bytes have come, part by part
 * @throws Refusal, Interrupted
 */
export async function sendLayer(
  { digest }: Blob,
  { from, to, signal }: Way,
  sent: (bytes: number) => void,
): Promise<void> {
  const client = new ECRClient({ region: to.region });
  const { uploadId, partSize = PART } = await client.send(
    new InitiateLayerUploadCommand({ repositoryName }),
  );
  const hash = createHash('sha256');
  let position = 0;
  for await (const part of parts(await download(from, digest, signal), partSize)) {
    signal.throwIfAborted();
    hash.update(part);
    await client.send(
      new UploadLayerPartCommand({
        repositoryName,
        uploadId,
        partFirstByte: position,
        partLastByte: position + part.length - 1,
        layerPartBlob: part,
      }),
    );
    position += part.length;
    sent(part.length);
  }
  const found = `sha256:${hash.digest('hex')}`;
  if (found !== digest) throw broken(digest, new Error(`its content is ${found}`));
  await complete(client, { uploadId, digest });
}

async function download(
  from: Environment,
  digest: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const address = await addressOf(from, digest);
  const answer = await fetch(address, { signal }).catch((error: Error) => {
    signal.throwIfAborted();
    throw broken(digest, error);
  });
  if (!answer.ok || answer.body === null) {
    throw broken(digest, new Error(`HTTP ${answer.status}`));
  }
  return whole(answer.body, digest, signal);
}

/** Explains what breaks off on the way. */
async function* whole(
  body: AsyncIterable<Uint8Array>,
  digest: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    signal.throwIfAborted();
    throw broken(digest, error as Error);
  }
}

function broken(digest: string, error: Error): Refusal {
  const { message } = error.cause instanceof Error ? error.cause : error;
  return new Refusal(
    `the layer ${digest} did not come whole from the other registry (${message}): run the same command again, which goes on with this layer`,
    { cause: error },
  );
}

/** All of one size but the last: ECR takes a smaller one as the end. */
async function* parts(body: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    waiting.push(chunk);
    length += chunk.length;
    if (length < size) continue;
    let rest = Buffer.concat(waiting);
    for (; rest.length >= size; rest = rest.subarray(size)) yield rest.subarray(0, size);
    waiting = [rest];
    length = rest.length;
  }
  if (length > 0) yield Buffer.concat(waiting);
}

interface Upload {
  readonly uploadId: string | undefined;
  readonly digest: string;
}

async function complete(client: ECRClient, { uploadId, digest }: Upload): Promise<void> {
  const layerDigests = [digest];
  try {
    await client.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests }));
  } catch (error) {
    // Somebody else has brought it meanwhile.
    if ((error as Error).name !== 'LayerAlreadyExistsException') throw error;
  }
}
