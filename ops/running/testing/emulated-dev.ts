/** An emulated account for commands that run inside the test: its table, its bucket, its states. */
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Environment } from '../../../stacks/place.ts';
import { someTable } from '../../../stacks/testing/some-table.ts';
import { find, type Table } from '../../deployment/synthesis.ts';
import { type Emulator, startEmulator } from '../../emulator/emulator.ts';
import { stateKeyOf } from '../states.ts';

const ACCOUNT = '123456789012';

export interface EmulatedDev {
  readonly emulator: Emulator;
  readonly table: Table;
  readonly environment: Environment;
  readonly putObject: (key: string, body: string) => Promise<void>;
  /** @param resources attributes by type */
  readonly putState: (stack: string, resources: Readonly<Record<string, object>>) => Promise<void>;
}

/** AWS's clients of this process ask it from now on. @param bucket whether that of the states is there */
export async function emulatedDev({ bucket }: { readonly bucket: boolean }): Promise<EmulatedDev> {
  const table = {
    dev: { ...someTable.dev, accountId: ACCOUNT },
    prod: { ...someTable.prod, accountId: ACCOUNT },
  };
  const { environment } = find(table, 'dev');
  const emulator = await startEmulator({ accountId: ACCOUNT, region: environment.region });
  Object.assign(process.env, emulator.environment, { STORE_STATE_BUCKET: '' });
  const client = new S3Client({ region: environment.region });
  const Bucket = environment.stateBucket;
  if (bucket) {
    await client.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: 'Enabled' as const };
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  const putObject = async (Key: string, Body: string) => {
    await client.send(new PutObjectCommand({ Bucket, Key, Body }));
  };
  return {
    emulator,
    table,
    environment,
    putObject,
    putState: (stack, resources) => putObject(stateKeyOf(environment, stack), stateOf(resources)),
  };
}

/** As Terraform writes it, with what is read of it. */
function stateOf(resources: Readonly<Record<string, object>>): string {
  return JSON.stringify({
    version: 4,
    resources: Object.entries(resources).map(([type, attributes]) => ({
      mode: 'managed',
      type,
      name: 'it',
      instances: [{ attributes }],
    })),
  });
}
