import { Testing } from 'cdktf';
import { toEnvironment } from './place.ts';
import { StateStack } from './state-stack.ts';
import { stateKeyAlias } from './store-stack.ts';
import { anAccount, anEnvironment } from './testing/places.ts';
import { resourcesOf, type Synthesised, synthesise } from './testing/synthesise.ts';

const stateOf = (account = anAccount()) => synthesise(new StateStack(Testing.app(), account));
const only = (type: string, synthesised: Synthesised) => resourcesOf(synthesised, type)[0];

const account = anAccount();
const state = stateOf(account);

test('the bucket is the one that all stacks keep their state in', () => {
  const { terraform, output } = state;

  expect(only('aws_s3_bucket', state)).toMatchObject({ bucket: account.stateBucket });
  expect(terraform).toMatchObject({ backend: { s3: { bucket: account.stateBucket } } });
  expect(output['state_bucket']).toMatchObject({
    value: expect.stringMatching(/^\$\{aws_s3_bucket\..+\.bucket\}$/),
  });
});

test('its key has the alias by which all stacks ask for it', () => {
  const alias = only('aws_kms_alias', state)?.['name'];

  expect(stateKeyAlias(account)).toBe(`arn:aws:kms:eu-central-1:123456789012:${String(alias)}`);
  expect(only('aws_s3_bucket_server_side_encryption_configuration', state)).toMatchObject({
    rule: [
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: 'aws:kms',
          kms_master_key_id: expect.stringMatching(/^\$\{aws_kms_key\..+\.arn\}$/),
        },
      },
    ],
  });
});

test('neither the states nor their key can be destroyed, not even where data may be lost', () => {
  const losable = stateOf(anAccount(anEnvironment('dev', { dataMayBeLost: true })));

  expect(only('aws_s3_bucket', losable)).toMatchObject({
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(only('aws_kms_key', losable)).toMatchObject({
    deletion_window_in_days: 30,
    lifecycle: { prevent_destroy: true },
  });
});

test('an old state can be had back for 90 days, the newest ten for ever; plans go after a week', () => {
  expect(only('aws_s3_bucket_versioning', state)).toMatchObject({
    versioning_configuration: { status: 'Enabled' },
  });
  expect(only('aws_s3_bucket_lifecycle_configuration', state)).toMatchObject({
    rule: [
      {
        id: 'old-versions',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        noncurrent_version_expiration: [{ noncurrent_days: 90, newer_noncurrent_versions: 10 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
      {
        id: 'plans',
        status: 'Enabled',
        filter: [{ prefix: 'plans/' }],
        expiration: [{ days: 7 }],
        noncurrent_version_expiration: [{ noncurrent_days: 1 }],
      },
    ],
  });
});

test('nobody reads or writes without TLS, or writes with another encryption', () => {
  const { policy } = only('aws_s3_bucket_policy', state) as { policy: string };

  const { Statement } = JSON.parse(policy) as { Statement: unknown[] };
  const bucket = String.raw`\$\{aws_s3_bucket\.[^.]+\.arn\}`;
  const files = expect.stringMatching(new RegExp(`^${bucket}/\\*$`));
  expect(Statement).toEqual([
    {
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:*'],
      Resource: [expect.stringMatching(new RegExp(`^${bucket}$`)), files],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:PutObject'],
      Resource: [files],
      Condition: {
        Null: { 's3:x-amz-server-side-encryption': 'false' },
        StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
      },
    },
  ]);
});

test('nothing of it is public', () => {
  expect(only('aws_s3_bucket_public_access_block', state)).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
});

test('no two accounts and no two regions share a bucket', () => {
  const accounts = [
    anAccount(anEnvironment('dev')),
    anAccount(anEnvironment('dev', { accountId: '210987654321' })),
    anAccount(anEnvironment('dev', { region: 'eu-west-1' })),
  ];

  const names = accounts.map((each) => only('aws_s3_bucket', stateOf(each))?.['bucket']);

  expect(new Set(names).size).toBe(accounts.length);
});

test('a bucket with a name of its own is used as it is', () => {
  const named = anAccount(toEnvironment('dev', anEnvironment(), 'our-terraform-states'));

  expect(only('aws_s3_bucket', stateOf(named))).toMatchObject({ bucket: 'our-terraform-states' });
});
