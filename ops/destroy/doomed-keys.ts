/** Keys of an environment that AWS will delete: until then their deletion can be taken back. */
import {
  DescribeKeyCommand,
  type KeyMetadata,
  KMSClient,
  ListResourceTagsCommand,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import { PROJECT } from '../../contract.ts';
import type { Environment } from '../../stacks/place.ts';

/** A line for each. They have no aliases any more, so they are found by their tags. */
export async function doomedKeys({ region, tags }: Environment): Promise<string[]> {
  const client = new KMSClient({ region });
  const lines: string[] = [];
  const ours = { Project: PROJECT, Environment: tags.Environment };
  for await (const { Keys = [] } of paginateListKeys({ client }, {})) {
    for (const { KeyId = '' } of Keys) {
      const key = await unlessHidden(describe(client, KeyId));
      const isDoomed = key?.KeyState === 'PendingDeletion';
      if (!isDoomed || !(await unlessHidden(hasTags(client, KeyId, ours)))) continue;
      lines.push(lineOf(key));
    }
  }
  return lines;
}

function lineOf({ KeyId = '', Description = '', DeletionDate }: KeyMetadata): string {
  const day = DeletionDate?.toISOString().slice(0, 10) ?? 'a day it does not tell';
  return `the key ${KeyId} (${Description}), which AWS deletes on ${day}`;
}

async function describe(client: KMSClient, KeyId: string): Promise<KeyMetadata | undefined> {
  return (await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;
}

async function hasTags(
  client: KMSClient,
  KeyId: string,
  tags: Readonly<Record<string, string>>,
): Promise<boolean> {
  const { Tags = [] } = await client.send(new ListResourceTagsCommand({ KeyId }));
  return Object.entries(tags).every(([name, value]) =>
    Tags.some(({ TagKey, TagValue }) => TagKey === name && TagValue === value),
  );
}

/** Another's key: its policy hides it. */
async function unlessHidden<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (/AccessDenied|NotFound/.test((error as Error).name)) return undefined;
    throw error;
  }
}
