/** Keys that exist already, so that no second one is made. */
import {
  DescribeKeyCommand,
  KMSClient,
  ListResourceTagsCommand,
  paginateListKeys,
} from '@aws-sdk/client-kms';

type Tags = Readonly<Record<string, string>>;

/** @param name with `alias/`. @returns the id of the key that bears it */
export async function keyOfAlias(region: string, name: string): Promise<string | undefined> {
  return (await describe(new KMSClient({ region }), name))?.KeyId;
}

/** A run may be killed after it made its key and before it gave it the alias. */
export async function keyWithoutAlias(
  region: string,
  description: string,
  tags: Tags,
): Promise<string | undefined> {
  const client = new KMSClient({ region });
  for await (const { Keys = [] } of paginateListKeys({ client }, {})) {
    for (const { KeyId = '' } of Keys) {
      const key = await describe(client, KeyId);
      const isAlive = key?.KeyState === 'Enabled' && key.Description === description;
      if (isAlive && (await hasTags(client, KeyId, tags))) return KeyId;
    }
  }
  return undefined;
}

/** Nothing when there is no such key, or it is none of our business. */
async function describe(client: KMSClient, KeyId: string) {
  try {
    return (await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;
  } catch (error) {
    if (/NotFound|AccessDenied/.test((error as Error).name)) return undefined;
    throw error;
  }
}

async function hasTags(client: KMSClient, KeyId: string, tags: Tags): Promise<boolean> {
  const { Tags: found = [] } = await client.send(new ListResourceTagsCommand({ KeyId }));
  return Object.entries(tags).every(([name, value]) =>
    found.some(({ TagKey, TagValue }) => TagKey === name && TagValue === value),
  );
}
