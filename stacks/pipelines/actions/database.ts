import type { TerraformTypes } from './terraform-type.ts';

const TAGS = ['rds:AddTagsToResource', 'rds:RemoveTagsFromResource'];

export const DATABASE = {
  aws_db_instance: {
    read: ['rds:DescribeDBInstances', 'rds:ListTagsForResource'],
    write: [
      'rds:CreateDBInstance',
      'rds:CreateDBSnapshot',
      'rds:DeleteDBInstance',
      'rds:DescribeDBSnapshots',
      'rds:ModifyDBInstance',
      'rds:RebootDBInstance',
      // RDS makes and keeps the owner's login, and encrypts with our key, as whoever asks it.
      'secretsmanager:CreateSecret',
      'secretsmanager:TagResource',
      'kms:CreateGrant',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:GenerateDataKey',
      'iam:CreateServiceLinkedRole',
      ...TAGS,
    ],
  },
  aws_db_parameter_group: {
    read: ['rds:DescribeDBParameterGroups', 'rds:DescribeDBParameters', 'rds:ListTagsForResource'],
    write: [
      'rds:CreateDBParameterGroup',
      'rds:DeleteDBParameterGroup',
      'rds:ModifyDBParameterGroup',
      'rds:ResetDBParameterGroup',
      ...TAGS,
    ],
  },
  aws_db_subnet_group: {
    read: ['rds:DescribeDBSubnetGroups', 'rds:ListTagsForResource'],
    write: [
      'rds:CreateDBSubnetGroup',
      'rds:DeleteDBSubnetGroup',
      'rds:ModifyDBSubnetGroup',
      ...TAGS,
    ],
  },
  aws_kms_key: {
    read: [
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListResourceTags',
    ],
    write: [
      'kms:CancelKeyDeletion',
      'kms:CreateKey',
      'kms:DisableKey',
      'kms:DisableKeyRotation',
      'kms:EnableKey',
      'kms:EnableKeyRotation',
      'kms:PutKeyPolicy',
      'kms:ScheduleKeyDeletion',
      'kms:TagResource',
      'kms:UntagResource',
      'kms:UpdateKeyDescription',
    ],
  },
  aws_kms_alias: {
    read: ['kms:DescribeKey', 'kms:ListAliases'],
    write: ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'],
  },
  aws_secretsmanager_secret: {
    // What is in it is written by the migration, and read by the service's tasks only.
    read: ['secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy'],
    write: [
      'secretsmanager:CreateSecret',
      'secretsmanager:DeleteSecret',
      'secretsmanager:RestoreSecret',
      'secretsmanager:TagResource',
      'secretsmanager:UntagResource',
      'secretsmanager:UpdateSecret',
    ],
  },
  aws_secretsmanager_secret_rotation: {
    read: ['secretsmanager:DescribeSecret'],
    write: ['secretsmanager:CancelRotateSecret', 'secretsmanager:RotateSecret'],
  },
} as const satisfies TerraformTypes;
