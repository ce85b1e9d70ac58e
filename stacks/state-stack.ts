import type { S3BucketLifecycleConfigurationRule } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { PROJECT } from '../contract.ts';
import { EncryptionKey } from './constructs/encryption-key.ts';
import type { Statement } from './constructs/policy-document.ts';
import { PrivateBucket } from './constructs/private-bucket.ts';
import type { Account } from './place.ts';
import { StoreStack } from './store-stack.ts';

/** Below it saved plans wait for their approval. */
const PLANS = 'plans/';
/** Days after which a plan that nobody applied is worth nothing. */
const PLAN_DAYS = 7;
/** Days that a replaced state can be had back. The newest ones stay for ever. */
const OLD_STATE_DAYS = 90;
const OLD_STATES_KEPT = 10;

/** The bucket of all states of the account, its own included. Made once by `npm run bootstrap`. */
export class StateStack extends StoreStack {
  constructor(scope: Construct, account: Account) {
    super(scope, account, 'state');
    // Where data may be lost the state may not: without it nobody can change or remove what runs.
    const dataMayBeLost = false;
    const key = new EncryptionKey(this, 'key', {
      place: { ...account, dataMayBeLost },
      name: `${PROJECT}-state`,
      description: `States and plans of ${PROJECT}`,
      preventDestroy: true,
    });
    const bucket = new PrivateBucket(this, 'bucket', {
      name: account.stateBucket,
      keyArn: key.arn,
      dataMayBeLost,
      preventDestroy: true,
      lifecycle: LIFECYCLE,
      statements: (bucketArn) => [onlyWithKms(bucketArn)],
    });

    new TerraformOutput(this, 'state_bucket', {
      value: bucket.name,
      description: 'Where all stacks of the account keep their state',
    });
  }
}

const LIFECYCLE: readonly S3BucketLifecycleConfigurationRule[] = [
  {
    id: 'old-versions',
    status: 'Enabled',
    filter: [{ prefix: '' }],
    noncurrentVersionExpiration: [
      { noncurrentDays: OLD_STATE_DAYS, newerNoncurrentVersions: OLD_STATES_KEPT },
    ],
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
  },
  {
    id: 'plans',
    status: 'Enabled',
    filter: [{ prefix: PLANS }],
    expiration: [{ days: PLAN_DAYS }],
    // The rule above would keep ten of them; where rules differ, S3 takes the sooner one.
    noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
  },
];

/**
 * Refuses a file that asks for other encryption, such as a state of somebody's own backend. One
 * that asks for none is encrypted with the bucket's key. Terraform asks for it with its locks too.
 */
function onlyWithKms(bucketArn: string): Statement {
  const header = 's3:x-amz-server-side-encryption';
  return {
    effect: 'Deny',
    principals: '*',
    actions: ['s3:PutObject'],
    resources: [`${bucketArn}/*`],
    // Both must hold: present, and another.
    conditions: { Null: { [header]: 'false' }, StringNotEquals: { [header]: 'aws:kms' } },
  };
}
