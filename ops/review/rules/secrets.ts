/** Secrets: who may have them, how often they change, and whether they lie open. Never their values. */
import type { Rule } from '../rule.ts';
import { byAttribute, changed, nameOf, raised, turnedOff, under } from './by-attribute.ts';
import { byType } from './by-type.ts';
import { secretValues } from './secret-values.ts';
import { plainSecrets } from './plain-secrets.ts';

const secretAccess: Rule = {
  id: 'secret-access',
  rank: 'secrets',
  types: new Set(['aws_secretsmanager_secret', 'aws_secretsmanager_secret_policy']),
  judge({ type, action, before, after, unknown }) {
    if (action === 'forget' || unknown['policy'] === true) return [];
    const [was, is] = [before['policy'] ?? '', after['policy'] ?? ''];
    if (was === is || (type === 'aws_secretsmanager_secret' && action === 'destroy')) return [];
    const why = 'Others may read it from now on, or those who need it may not any more.';
    return [{ what: 'can be read by others than before', why, path: ['policy'] }];
  },
};

const rotationEnds = byType({
  id: 'rotation-ends',
  rank: 'secrets',
  on: ['destroy'],
  what: 'is destroyed',
  why: {
    aws_secretsmanager_secret_rotation: 'The secret stays as it is until a person changes it.',
  },
});

const rotatedLess = byAttribute({
  id: 'rotated-less',
  rank: 'secrets',
  at: {
    aws_kms_key: ['enable_key_rotation', 'rotation_period_in_days'],
    aws_secretsmanager_secret_rotation: [
      'rotation_rules.automatically_after_days',
      'rotation_rules.schedule_expression',
    ],
  },
  when: (difference) => {
    const { before } = difference;
    if (typeof before === 'boolean') return turnedOff(difference);
    return typeof before === 'number' ? raised(difference) : changed(difference);
  },
  what: (difference) => `is renewed less often, or at another time: ${nameOf(difference)}`,
  why: 'What was stolen once is good until it is renewed.',
});

const secretChanged: Rule = {
  id: 'secret-changed',
  rank: 'secrets',
  types: 'every',
  judge: (change) =>
    secretValues(change).map((path) => ({
      what: `gets another ${String(path.findLast((step) => typeof step === 'string')).replaceAll('_', ' ')}`,
      why: 'Whatever still uses the old one is refused from then on.',
      before: 'not shown',
      after: 'not shown',
      path,
    })),
};

const plainSecret: Rule = {
  id: 'plain-secret',
  rank: 'secrets',
  types: new Set(['aws_codebuild_project', 'aws_ecs_task_definition', 'aws_lambda_function']),
  judge: (change) =>
    plainSecrets(change).map((name) => ({
      what: `has ${name} in plain text`,
      why: 'Whoever may look at it, or at the state of Terraform, reads it; name a secret instead.',
    })),
};

const parameterOpened = byAttribute({
  id: 'parameter-in-plain-text',
  rank: 'secrets',
  at: { aws_ssm_parameter: ['type'] },
  when: ({ before, after }) => before === 'SecureString' && after !== 'SecureString',
  what: 'is stored in plain text from now on',
  why: 'Whoever may read parameters reads it, without the key.',
});

const encryptionOff = byAttribute({
  id: 'encryption-off',
  rank: 'secrets',
  at: {
    ...under(['aws_db_instance', 'aws_rds_cluster', 'aws_docdb_cluster'], 'storage_encrypted'),
    ...under(
      ['aws_ebs_volume', 'aws_efs_file_system', 'aws_redshift_cluster', 'aws_workspaces_workspace'],
      'encrypted',
    ),
    aws_dynamodb_table: ['server_side_encryption.enabled'],
    aws_elasticache_replication_group: ['at_rest_encryption_enabled', 'transit_encryption_enabled'],
    aws_instance: ['root_block_device.encrypted', 'ebs_block_device.encrypted'],
    aws_opensearch_domain: ['encrypt_at_rest.enabled', 'node_to_node_encryption.enabled'],
    aws_sqs_queue: ['sqs_managed_sse_enabled'],
  },
  when: turnedOff,
  what: 'is no longer encrypted',
  why: 'Who gets at the disk, a copy or the wire can read it.',
});

const keyChanged = byAttribute({
  id: 'key-changed',
  rank: 'secrets',
  at: {
    ...under(
      [
        'aws_cloudwatch_log_group',
        'aws_db_instance',
        'aws_ebs_volume',
        'aws_efs_file_system',
        'aws_kinesis_stream',
        'aws_rds_cluster',
        'aws_redshift_cluster',
        'aws_secretsmanager_secret',
        'aws_ssm_parameter',
      ],
      'kms_key_id',
      'key_id',
    ),
    ...under(['aws_sns_topic', 'aws_sqs_queue'], 'kms_master_key_id'),
    aws_dynamodb_table: ['server_side_encryption.kms_key_arn'],
    aws_s3_bucket_server_side_encryption_configuration: [
      'rule.apply_server_side_encryption_by_default.kms_master_key_id',
      'rule.apply_server_side_encryption_by_default.sse_algorithm',
    ],
  },
  when: ({ before }) => (before ?? '') !== '',
  what: ({ after }) =>
    (after ?? '') === ''
      ? 'is no longer encrypted with its own key'
      : 'is encrypted with another key',
  why: 'Who may read it is decided by another key, and what is there may still need the old one.',
});

const managedPasswordOff = byAttribute({
  id: 'managed-password-off',
  rank: 'secrets',
  at: under(['aws_db_instance', 'aws_rds_cluster'], 'manage_master_user_password'),
  when: turnedOff,
  what: 'has a password that AWS no longer looks after',
  why: 'It stands in the state of Terraform, and nobody renews it.',
});

export const SECRETS: readonly Rule[] = [
  secretAccess,
  rotationEnds,
  rotatedLess,
  secretChanged,
  plainSecret,
  parameterOpened,
  encryptionOff,
  keyChanged,
  managedPasswordOff,
];
