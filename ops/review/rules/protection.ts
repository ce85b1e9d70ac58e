/** What would have kept data, or brought it back. */
import type { Rule } from '../rule.ts';
import { byAttribute, lowered, turnedOff, turnedOn, under } from './by-attribute.ts';
import { byType } from './by-type.ts';

const DATABASES = [
  'aws_db_instance',
  'aws_docdb_cluster',
  'aws_neptune_cluster',
  'aws_rds_cluster',
] as const;

const protectionOff = byAttribute({
  id: 'protection-off',
  rank: 'data-loss',
  at: {
    ...under([...DATABASES, 'aws_cognito_user_pool', 'aws_eks_cluster'], 'deletion_protection'),
    ...under(['aws_lb', 'aws_alb'], 'enable_deletion_protection'),
    aws_cloudwatch_log_group: ['skip_destroy'],
    aws_dynamodb_table: ['deletion_protection_enabled'],
    aws_instance: ['disable_api_termination'],
    aws_networkfirewall_firewall: ['delete_protection'],
    aws_rds_global_cluster: ['deletion_protection'],
  },
  when: turnedOff,
  what: 'may be destroyed from now on',
  why: 'The next wrong plan, or one click, destroys it; until now AWS refused that.',
});

const goesWithContents = byAttribute({
  id: 'goes-with-contents',
  rank: 'data-loss',
  at: {
    ...under(['aws_s3_bucket', 'aws_backup_vault', 'aws_route53_zone'], 'force_destroy'),
    aws_ecr_repository: ['force_delete'],
  },
  when: turnedOn,
  what: 'may be destroyed with all that is in it',
  why: 'Until now AWS refused to destroy it unless somebody had emptied it first.',
});

const noLastSnapshot = byAttribute({
  id: 'no-last-snapshot',
  rank: 'data-loss',
  at: {
    ...under(DATABASES, 'skip_final_snapshot', 'delete_automated_backups'),
    aws_redshift_cluster: ['skip_final_snapshot'],
  },
  when: turnedOn,
  what: 'leaves nothing behind when it is destroyed',
  why: 'There is no snapshot or backup from which it could be made again.',
});

const DAYS = 'The days are what somebody has to notice a mistake.';

const deletedSooner = byAttribute({
  id: 'deleted-sooner',
  rank: 'data-loss',
  at: {
    ...under(['aws_kms_key', 'aws_kms_replica_key'], 'deletion_window_in_days'),
    aws_secretsmanager_secret: ['recovery_window_in_days'],
  },
  when: lowered,
  what: ({ after }) =>
    after === 0 ? 'is gone at once when it is deleted' : 'can be had back for fewer days',
  why: DAYS,
});

const backupsReduced = byAttribute({
  id: 'backups-reduced',
  rank: 'data-loss',
  at: {
    ...under(DATABASES, 'backup_retention_period'),
    ...under(
      ['aws_fsx_lustre_file_system', 'aws_fsx_windows_file_system', 'aws_fsx_ontap_file_system'],
      'automatic_backup_retention_days',
    ),
    ...under(
      ['aws_elasticache_cluster', 'aws_elasticache_replication_group', 'aws_memorydb_cluster'],
      'snapshot_retention_limit',
    ),
    aws_redshift_cluster: ['automated_snapshot_retention_period'],
  },
  when: lowered,
  what: ({ after }) =>
    Number(after ?? 0) === 0 ? 'has no backups any more' : 'keeps fewer days of backups',
  why: 'Nobody can go back further than that; backups that are older are deleted by the apply.',
});

const historyOff = byAttribute({
  id: 'history-off',
  rank: 'data-loss',
  at: {
    aws_dynamodb_table: ['point_in_time_recovery.enabled'],
    aws_efs_backup_policy: ['backup_policy.status'],
    aws_s3_bucket: ['versioning.enabled'],
    aws_s3_bucket_versioning: ['versioning_configuration.status'],
  },
  when: turnedOff,
  what: 'keeps no history any more',
  why: 'What is overwritten or deleted from now on cannot be had back.',
});

const backupsEnd = byType({
  id: 'backups-end',
  rank: 'data-loss',
  on: ['destroy'],
  what: 'is destroyed',
  why: {
    aws_backup_plan: 'No more backups are made by this plan.',
    aws_backup_selection: 'What it chose is not backed up any more.',
    aws_backup_vault_lock_configuration: 'Backups in the vault may be deleted from now on.',
    aws_db_instance_automated_backups_replication:
      'There are no backups in another region any more.',
    aws_dlm_lifecycle_policy: 'No more snapshots of disks are made by this policy.',
    aws_efs_backup_policy: 'The files are not backed up any more.',
    aws_s3_bucket_object_lock_configuration: 'New objects may be deleted from now on.',
    aws_s3_bucket_replication_configuration: 'There is no copy of new objects any more.',
    aws_s3_bucket_versioning: 'What is overwritten or deleted from now on cannot be had back.',
  },
});

export const PROTECTION: readonly Rule[] = [
  protectionOff,
  goesWithContents,
  noLastSnapshot,
  deletedSooner,
  backupsReduced,
  historyOff,
  backupsEnd,
];
