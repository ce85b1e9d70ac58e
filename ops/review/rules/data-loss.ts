/** What takes data away. */
import { HOLDS_DATA, meaningOf } from '../../../stacks/addresses/stateful.ts';
import type { Rule } from '../rule.ts';
import { byAttribute, lowered, turnedOff, turnedOn, under } from './by-attribute.ts';

/** Beside those of the project's own list. */
const ALSO_HOLDING_DATA: Readonly<Record<string, string>> = {
  aws_ami: 'the image that machines start from',
  aws_backup_vault: 'the backups in the vault',
  aws_cognito_user: 'the account of a person',
  aws_db_cluster_snapshot: 'a way back to how the databases were',
  aws_db_snapshot: 'a way back to how the database was',
  aws_dynamodb_table_item: 'the item',
  aws_ebs_snapshot: 'a way back to how the disk was',
  aws_elasticache_cluster: 'all that is in the cache, sessions too',
  aws_elasticache_replication_group: 'all that is in the cache, sessions too',
  aws_fsx_lustre_file_system: 'the files',
  aws_fsx_ontap_file_system: 'the files',
  aws_fsx_windows_file_system: 'the files',
  aws_keyspaces_table: 'the rows of the table',
  aws_memorydb_cluster: 'the data in memory',
  aws_mq_broker: 'the messages that wait',
  aws_msk_cluster: 'the messages of all topics',
  aws_opensearchserverless_collection: 'the documents and their indexes',
  aws_redshift_cluster: 'the warehouse and its automatic snapshots',
  aws_s3_object: 'the object',
  aws_timestreamwrite_table: 'the measurements of the table',
};

function lossOf(type: string): string | undefined {
  return HOLDS_DATA.test(`${type}.`) ? meaningOf(type) : ALSO_HOLDING_DATA[type];
}

const dataDestroyed: Rule = {
  id: 'data-destroyed',
  rank: 'data-loss',
  types: 'every',
  judge({ type, action, replacePaths }) {
    const loss = lossOf(type);
    if (loss === undefined || (action !== 'destroy' && action !== 'replace')) return [];
    const why = `What is lost: ${loss}.`;
    if (action === 'destroy') return [{ what: 'is destroyed', why }];
    const [path] = replacePaths;
    return [{ what: 'is destroyed and made anew, empty', why, ...(path && { path }) }];
  },
};

const dataForgotten: Rule = {
  id: 'data-forgotten',
  rank: 'other',
  types: 'every',
  judge({ type, action }) {
    if (action !== 'forget' || lossOf(type) === undefined) return [];
    const why = 'Nothing is lost: it stays in AWS, costs what it did, and is looked after by hand.';
    return [{ what: 'is forgotten by Terraform, and stays', why }];
  },
};

/** Their sizes; AWS refuses to shrink most, so that they are made anew. */
const storageReduced = byAttribute({
  id: 'storage-reduced',
  rank: 'data-loss',
  at: {
    ...under(['aws_db_instance', 'aws_rds_cluster'], 'allocated_storage'),
    aws_ebs_volume: ['size'],
    aws_instance: ['root_block_device.volume_size', 'ebs_block_device.volume_size'],
    aws_opensearch_domain: ['ebs_options.volume_size'],
  },
  when: lowered,
  what: 'gets less room',
  why: 'A disk cannot shrink: AWS refuses, or what is on it is left behind on the old one.',
});

const keyClosed = byAttribute({
  id: 'key-closed',
  rank: 'data-loss',
  at: under(
    ['aws_kms_key', 'aws_kms_external_key', 'aws_kms_replica_key'],
    'is_enabled',
    'enabled',
  ),
  when: turnedOff,
  what: 'is switched off',
  why: 'Nothing that was encrypted with the key can be read while it is off.',
});

const expiresSooner = byAttribute({
  id: 'expires-sooner',
  rank: 'data-loss',
  at: {
    aws_backup_plan: ['rule.lifecycle.delete_after'],
    aws_cloudwatch_log_group: ['retention_in_days'],
    aws_dlm_lifecycle_policy: ['policy_details.schedule.retain_rule.count'],
    aws_kinesis_stream: ['retention_period'],
    aws_s3_bucket: [
      'lifecycle_rule.expiration.days',
      'lifecycle_rule.noncurrent_version_expiration.days',
    ],
    aws_s3_bucket_lifecycle_configuration: [
      'rule.expiration.days',
      'rule.noncurrent_version_expiration.noncurrent_days',
    ],
    aws_sqs_queue: ['message_retention_seconds'],
    aws_timestreamwrite_table: ['retention_properties.magnetic_store_retention_period_in_days'],
  },
  when: ({ before, after }) => daysOf(after) < daysOf(before),
  what: 'deletes sooner than before',
  why: 'What is older than that is deleted within a day or two, and nobody is asked.',
});

/** Nothing, and 0, is for ever. */
function daysOf(value: unknown): number {
  return Number(value ?? 0) || Number.POSITIVE_INFINITY;
}

const itemsExpire = byAttribute({
  id: 'items-expire',
  rank: 'data-loss',
  at: { aws_dynamodb_table: ['ttl.enabled'] },
  when: turnedOn,
  what: 'begins to delete items by their time',
  why: 'Items whose time is over are deleted, also those that got the attribute for another reason.',
});

export const DATA_LOSS: readonly Rule[] = [
  dataDestroyed,
  dataForgotten,
  storageReduced,
  keyClosed,
  expiresSooner,
  itemsExpire,
];
