import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import type { TerraformStack } from 'cdktf';
import { refusalOf } from '../testing/refusal.ts';
import { encryptedAtRest } from './encrypted-at-rest.ts';

function encrypt(stack: TerraformStack, bucket: string, sseAlgorithm = 'aws:kms'): void {
  new S3BucketServerSideEncryptionConfigurationA(stack, 'encryption', {
    bucket,
    rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }],
  });
}

test('a bucket without encryption of its own is refused', () => {
  const refusal = refusalOf(encryptedAtRest, (stack) => new S3Bucket(stack, 'bucket', {}));

  expect(refusal).toContain(
    '[stack/bucket] aws_s3_bucket must be encrypted at rest: add an aws_s3_bucket_server_side_',
  );
});

test("another bucket's encryption does not count", () => {
  const refusal = refusalOf(encryptedAtRest, (stack) => {
    const encrypted = new S3Bucket(stack, 'encrypted', {});
    encrypt(stack, encrypted.id);
    new S3Bucket(stack, 'plain', {});
  });

  expect(refusal).toContain('[stack/plain] aws_s3_bucket');
  expect(refusal).not.toContain('[stack/encrypted]');
});

test('other resources of a bucket do not count', () => {
  const refusal = refusalOf(encryptedAtRest, (stack) => {
    const bucket = new S3Bucket(stack, 'bucket', {});
    new S3BucketPublicAccessBlock(stack, 'block', { bucket: bucket.id });
  });

  expect(refusal).toContain('[stack/bucket] aws_s3_bucket must be encrypted');
});

test('an algorithm that S3 does not know is refused', () => {
  const refusal = refusalOf(encryptedAtRest, (stack) => {
    encrypt(stack, new S3Bucket(stack, 'bucket', {}).id, 'none');
  });

  expect(refusal).toContain(
    '[stack/encryption] aws_s3_bucket_server_side_encryption_configuration',
  );
});

test.each(['aws:kms', 'aws:kms:dsse', 'AES256'])(
  'a bucket encrypted with %s is kept',
  (algorithm) => {
    const refusal = refusalOf(encryptedAtRest, (stack) => {
      encrypt(stack, new S3Bucket(stack, 'bucket', {}).id, algorithm);
    });

    expect(refusal).toBe('');
  },
);

test.each([
  ['id', (bucket: S3Bucket) => bucket.id],
  ['bucket', (bucket: S3Bucket) => bucket.bucket],
  ['name', () => 'its-name'],
])('a bucket may be named by its %s', (_, nameOf) => {
  const refusal = refusalOf(encryptedAtRest, (stack) => {
    encrypt(stack, nameOf(new S3Bucket(stack, 'bucket', { bucket: 'its-name' })));
  });

  expect(refusal).toBe('');
});
