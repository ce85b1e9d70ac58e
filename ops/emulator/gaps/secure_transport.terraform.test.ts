import {
  CreateBucketCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Emulator } from '../emulator.ts';
import { type Both, clientSettings, startBoth } from '../testing/both.ts';
import { outcome, settingsOf } from '../testing/people.ts';

const Bucket = 'tls-only';

let both: Both;

beforeAll(async () => {
  both = await startBoth(true);
});

afterAll(() => both.stop());

/** Of somebody who may list everything. */
async function listingOfTlsOnlyBucket(emulator: Emulator): Promise<'allowed' | 'denied'> {
  const root = new S3Client({ ...clientSettings(emulator), forcePathStyle: true });
  await root.send(new CreateBucketCommand({ Bucket }));
  const Statement = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [Statement] });
  await root.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  const reader = new S3Client({
    ...(await settingsOf(emulator, { Action: 's3:*' })),
    forcePathStyle: true,
  });
  return outcome(reader.send(new ListObjectsV2Command({ Bucket })));
}

test('buckets that are for TLS only can be reached over the emulator’s plain HTTP', async () => {
  expect(await listingOfTlsOnlyBucket(both.filled)).toBe('allowed');
  expect(await listingOfTlsOnlyBucket(both.plain)).toBe('denied');
});
