/** The bucket and the key of all states, which the bootstrap makes otherwise: here without it. */
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { type BucketLocationConstraint, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { stateKeyAlias } from '../../stacks/store-stack.ts';
import type { Account } from '../../stacks/place.ts';
import { credentialsOf, type Emulator } from '../emulator/emulator.ts';

/** Where a bucket's place is not named. */
const DEFAULT_REGION = 'us-east-1';

export async function makeBackend({ endpoint }: Emulator, account: Account): Promise<void> {
  const { accountId, region, stateBucket } = account;
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = credentialsOf(accountId);
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  const settings = { endpoint, region, credentials };
  await new S3Client({ ...settings, forcePathStyle: true }).send(
    new CreateBucketCommand({
      Bucket: stateBucket,
      ...(region !== DEFAULT_REGION && {
        CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint },
      }),
    }),
  );
  const kms = new KMSClient(settings);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const AliasName = stateKeyAlias(account).split(':').at(-1);
  await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyMetadata?.KeyId }));
}
