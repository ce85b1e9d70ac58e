/** What stores data encrypts it. CloudWatch always does, so logs are not asked. */
import { camelCase, isTrue, valuesAt } from './attributes.ts';
import { hasPart } from './bucket-parts.ts';
import type { Attributes } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

/** Any key will do, but one has to be named. */
const KEY = 'the ARN of a key';

/** Attributes and what they have to be, in Terraform's words. */
type Way = Readonly<Record<string, string | true>>;

/** Every type that stores data, and the ways in which it may be encrypted: one line for each. */
const STORES: Readonly<Record<string, readonly Way[]>> = {
  aws_backup_vault: [{ kms_key_arn: KEY }],
  aws_cloudtrail: [{ kms_key_id: KEY }],
  aws_codebuild_project: [{ encryption_key: KEY }],
  aws_codepipeline: [{ 'artifact_store.encryption_key.id': KEY }],
  aws_db_instance: [{ storage_encrypted: true, kms_key_id: KEY }],
  aws_dynamodb_table: [{ 'server_side_encryption.enabled': true }],
  aws_ebs_volume: [{ encrypted: true }],
  aws_ecr_repository: [{ 'encryption_configuration.encryption_type': 'KMS' }],
  aws_efs_file_system: [{ encrypted: true }],
  aws_elasticache_replication_group: [{ at_rest_encryption_enabled: true }],
  aws_elasticache_serverless_cache: [{ kms_key_id: KEY }],
  aws_kinesis_firehose_delivery_stream: [{ 'server_side_encryption.enabled': true }],
  aws_kinesis_stream: [{ encryption_type: 'KMS', kms_key_id: KEY }],
  aws_opensearch_domain: [{ 'encrypt_at_rest.enabled': true }],
  aws_rds_cluster: [{ storage_encrypted: true, kms_key_id: KEY }],
  aws_s3_bucket_server_side_encryption_configuration: ['aws:kms', 'AES256', 'aws:kms:dsse'].map(
    (algorithm) => ({ 'rule.apply_server_side_encryption_by_default.sse_algorithm': algorithm }),
  ),
  aws_secretsmanager_secret: [{ kms_key_id: KEY }],
  aws_sns_topic: [{ kms_master_key_id: KEY }],
  aws_sqs_queue: [{ kms_master_key_id: KEY }, { sqs_managed_sse_enabled: true }],
};

/** A bucket says it in a resource of its own. */
const BUCKET_ENCRYPTION = 'aws_s3_bucket_server_side_encryption_configuration';

export const encryptedAtRest: Rule = {
  name: 'encrypted-at-rest',
  check(stack, refuse) {
    for (const resource of stack.resources) {
      const { type, attributes } = resource;
      const ways = STORES[type];
      if (ways && !ways.some((way) => isKept(way, attributes))) {
        refuse(
          resource,
          `${type} must be encrypted at rest: write ${ways.map(inWords).join(', or ')}`,
        );
      }
      if (type === 'aws_s3_bucket' && !hasPart(stack, resource, BUCKET_ENCRYPTION)) {
        refuse(resource, `${type} must be encrypted at rest: add an ${BUCKET_ENCRYPTION} for it`);
      }
    }
  },
};

function isKept(way: Way, attributes: Attributes): boolean {
  return Object.entries(way).every(([path, wanted]) => {
    const values = valuesAt(attributes, path);
    return values.length > 0 && values.every((value) => isWanted(value, wanted));
  });
}

function isWanted(value: unknown, wanted: string | true): boolean {
  if (wanted === KEY) return typeof value === 'string' && value !== '';
  return wanted === true ? isTrue(value) : value === wanted;
}

function inWords(way: Way): string {
  return Object.entries(way)
    .map(([path, wanted]) => `${camelCase(path)}: ${wanted}`)
    .join(' and ');
}
