import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning/index.js';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import type { S3BucketLifecycleConfigurationRule } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
import { Construct } from 'constructs';
import { policyDocument, type Statement } from './policy-document.ts';

interface PrivateBucketProps {
  /** Of all buckets in the world the only one of this name. */
  readonly name: string;
  /** Our key. @default Amazon's key, for services that write with no other (load balancers) */
  readonly keyArn?: string;
  /** Destroying it deletes what is in it. */
  readonly dataMayBeLost: boolean;
  /** Terraform refuses each plan that would destroy it. @default false */
  readonly preventDestroy?: boolean;
  readonly lifecycle: readonly S3BucketLifecycleConfigurationRule[];
  /** Added to the bucket's policy, such as the right of a service to write. @default none */
  readonly statements?: (bucketArn: string) => readonly Statement[];
}

/** A bucket that nobody outside reads: encrypted, versioned, over TLS only, no ACLs. Stateful. */
export class PrivateBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  /** For `dependsOn` of whoever needs the right to write. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { name, keyArn, dataMayBeLost, lifecycle, statements = () => [] } = props;
    const { preventDestroy = false } = props;
    const bucket = new S3Bucket(this, 'bucket', { bucket: name, forceDestroy: dataMayBeLost });
    if (preventDestroy) bucket.lifecycle = { preventDestroy };
    this.name = bucket.bucket;
    this.arn = bucket.arn;

    const versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket: bucket.id,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket: bucket.id,
      rule: [
        {
          // Fewer calls to KMS: one key for many objects.
          bucketKeyEnabled: keyArn !== undefined,
          applyServerSideEncryptionByDefault:
            keyArn === undefined
              ? { sseAlgorithm: 'AES256' }
              : { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
        },
      ],
    });
    const block = new S3BucketPublicAccessBlock(this, 'public-access', {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, 'ownership', {
      bucket: bucket.id,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: bucket.id,
      rule: [...lifecycle],
      dependsOn: [versioning],
    });
    this.policy = new S3BucketPolicy(this, 'policy', {
      bucket: bucket.id,
      policy: policyDocument(onlyOverTls(bucket.arn), ...statements(bucket.arn)),
      // S3 refuses both at the same moment.
      dependsOn: [block],
    });
  }
}

function onlyOverTls(bucketArn: string): Statement {
  return {
    effect: 'Deny',
    principals: '*',
    actions: ['s3:*'],
    resources: [bucketArn, `${bucketArn}/*`],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
