import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault/index.js';
import { Cloudtrail } from '@cdktf/provider-aws/lib/cloudtrail/index.js';
import { CodebuildProject } from '@cdktf/provider-aws/lib/codebuild-project/index.js';
import { Codepipeline } from '@cdktf/provider-aws/lib/codepipeline/index.js';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table/index.js';
import { EbsVolume } from '@cdktf/provider-aws/lib/ebs-volume/index.js';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository/index.js';
import { EfsFileSystem } from '@cdktf/provider-aws/lib/efs-file-system/index.js';
import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group/index.js';
import { ElasticacheServerlessCache } from '@cdktf/provider-aws/lib/elasticache-serverless-cache/index.js';
import { KinesisFirehoseDeliveryStream } from '@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream/index.js';
import { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream/index.js';
import { OpensearchDomain } from '@cdktf/provider-aws/lib/opensearch-domain/index.js';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster/index.js';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import type { TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { refusalOf } from '../testing/refusal.ts';
import { encryptedAtRest } from './encrypted-at-rest.ts';

interface Store<Config> {
  new (scope: Construct, id: string, config: Config): TerraformResource;
  readonly tfResourceType: string;
}

/** A type of resource, a plain one of it, and what is missing there. */
function store<Config>(
  Type: Store<Config>,
  plain: NoInfer<Config>,
  encryption: NoInfer<Partial<Config>>,
) {
  return {
    type: Type.tfResourceType,
    plain: (stack: TerraformStack) => new Type(stack, 'store', plain),
    encrypted: (stack: TerraformStack) => new Type(stack, 'store', { ...plain, ...encryption }),
  };
}

const key = 'arn:aws:kms:eu-central-1:123456789012:key/1';
const name = 'x';
const action = { name, category: 'Source', owner: 'AWS', provider: 'S3', version: '1' };
const pipeline = { name, roleArn: 'x', stage: [{ name, action: [action] }] };
const artifacts = { location: 'x', type: 'S3' };
const project = {
  name,
  serviceRole: 'x',
  artifacts: { type: 'NO_ARTIFACTS' },
  environment: { computeType: 'BUILD_GENERAL1_SMALL', image: 'x', type: 'LINUX_CONTAINER' },
  source: { type: 'NO_SOURCE' },
};

const stores = [
  store(BackupVault, { name }, { kmsKeyArn: key }),
  store(Cloudtrail, { name, s3BucketName: 'x' }, { kmsKeyId: key }),
  store(CodebuildProject, project, { encryptionKey: key }),
  store(
    Codepipeline,
    { ...pipeline, artifactStore: [artifacts] },
    { artifactStore: [{ ...artifacts, encryptionKey: { id: key, type: 'KMS' } }] },
  ),
  store(DbInstance, { instanceClass: 'x', kmsKeyId: key }, { storageEncrypted: true }),
  store(DbInstance, { instanceClass: 'x', storageEncrypted: true }, { kmsKeyId: key }),
  store(DynamodbTable, { name }, { serverSideEncryption: { enabled: true } }),
  store(EbsVolume, { availabilityZone: 'x' }, { encrypted: true }),
  store(
    EcrRepository,
    { name, encryptionConfiguration: [] },
    { encryptionConfiguration: [{ encryptionType: 'KMS' }] },
  ),
  store(
    EcrRepository,
    { name, encryptionConfiguration: [{ encryptionType: 'AES256' }] },
    { encryptionConfiguration: [{ encryptionType: 'KMS', kmsKey: key }] },
  ),
  store(EfsFileSystem, {}, { encrypted: true }),
  store(
    ElasticacheReplicationGroup,
    { replicationGroupId: 'x', description: 'x' },
    { atRestEncryptionEnabled: 'true' },
  ),
  store(ElasticacheServerlessCache, { name, engine: 'valkey' }, { kmsKeyId: key }),
  store(
    KinesisFirehoseDeliveryStream,
    { name, destination: 'extended_s3' },
    { serverSideEncryption: { enabled: true } },
  ),
  store(KinesisStream, { name, kmsKeyId: key }, { encryptionType: 'KMS' }),
  store(OpensearchDomain, { domainName: 'x' }, { encryptAtRest: { enabled: true } }),
  store(RdsCluster, { engine: 'x', kmsKeyId: key }, { storageEncrypted: true }),
  store(RdsCluster, { engine: 'x', storageEncrypted: true }, { kmsKeyId: key }),
  store(SecretsmanagerSecret, { name }, { kmsKeyId: key }),
  store(SnsTopic, { name }, { kmsMasterKeyId: key }),
  store(SnsTopic, { name, kmsMasterKeyId: '' }, { kmsMasterKeyId: key }),
  store(SqsQueue, { sqsManagedSseEnabled: false }, { sqsManagedSseEnabled: true }),
  store(SqsQueue, {}, { kmsMasterKeyId: key }),
];

test.each(stores)('a plain $type is refused', ({ type, plain }) => {
  expect(refusalOf(encryptedAtRest, plain)).toContain(
    `[stack/store] ${type} must be encrypted at rest: write `,
  );
});

test.each(stores)('an encrypted $type is kept', ({ encrypted }) => {
  expect(refusalOf(encryptedAtRest, encrypted)).toBe('');
});

test('one encrypted block of two is not enough', () => {
  const blocks = ['KMS', 'AES256'].map((encryptionType) => ({ encryptionType }));

  const refusal = refusalOf(
    encryptedAtRest,
    (stack) => new EcrRepository(stack, 'it', { name, encryptionConfiguration: blocks }),
  );

  expect(refusal).toContain('[stack/it] aws_ecr_repository must be encrypted');
});

test('says what to write, in the words of the bindings', () => {
  const refusal = refusalOf(
    encryptedAtRest,
    (stack) => new DbInstance(stack, 'database', { instanceClass: 'x' }),
  );

  expect(refusal).toContain('write storageEncrypted: true and kmsKeyId: the ARN of a key');
});

test('an escape hatch does not hide a plain resource', () => {
  const refusal = refusalOf(encryptedAtRest, (stack) => {
    const volume = new EbsVolume(stack, 'volume', { availabilityZone: 'x', encrypted: true });
    volume.addOverride('encrypted', false);
  });

  expect(refusal).toContain('[stack/volume] aws_ebs_volume');
});

test('an escape hatch of the stack does not hide a plain resource either', () => {
  const refusal = refusalOf(encryptedAtRest, (stack) => {
    stack.addOverride('resource.aws_ebs_volume.extra', { availability_zone: 'x' });
  });

  expect(refusal).toContain('[stack] aws_ebs_volume');
});

test('what only Terraform can work out does not count as encrypted', () => {
  const refusal = refusalOf(encryptedAtRest, (stack) => {
    const other = new EbsVolume(stack, 'other', { availabilityZone: 'x', encrypted: true });
    new EbsVolume(stack, 'volume', { availabilityZone: 'x', encrypted: other.finalSnapshot });
  });

  expect(refusal).toContain('[stack/volume] aws_ebs_volume');
});
