/** Deletes the account's images: AWS deletes no registry where data may not be lost while it holds any. */
import {
  BatchDeleteImageCommand,
  ECRClient,
  type ImageIdentifier,
  ListImagesCommand,
} from '@aws-sdk/client-ecr';
import { Refusal } from '../deployment/refusal.ts';
import { repositoryName } from '../running/names.ts';

/** @returns how many there were. @throws Refusal when one cannot be deleted */
export async function deleteImages(region: string): Promise<number> {
  const client = new ECRClient({ region });
  let count = 0;
  for (;;) {
    const images = await firstPage(client);
    if (images.length === 0) return count;
    const { imageIds = [], failures = [] } = await client.send(
      new BatchDeleteImageCommand({ repositoryName, imageIds: images }),
    );
    // What an image of several platforms refers to can be deleted once that one is.
    if (imageIds.length === 0) {
      throw new Refusal(`ECR deletes no image: ${failures[0]?.failureReason ?? 'it says not why'}`);
    }
    count += new Set(imageIds.map(({ imageDigest }) => imageDigest)).size;
  }
}

/** Digests, 100 at most, which is what may be deleted at once. */
async function firstPage(client: ECRClient): Promise<ImageIdentifier[]> {
  try {
    const { imageIds = [] } = await client.send(
      new ListImagesCommand({ repositoryName, maxResults: 100 }),
    );
    const digests = new Set(imageIds.map(({ imageDigest }) => imageDigest));
    return Array.from(digests, (imageDigest) => ({ imageDigest }));
  } catch (error) {
    if ((error as Error).name === 'RepositoryNotFoundException') return [];
    throw error;
  }
}
