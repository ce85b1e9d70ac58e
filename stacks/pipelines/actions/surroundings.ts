import type { TerraformTypes } from './terraform-type.ts';

const RESOURCE_POLICIES = ['logs:DescribeResourcePolicies'];

export const SURROUNDINGS = {
  aws_cloudwatch_log_group: {
    read: ['logs:DescribeLogGroups', 'logs:ListTagsForResource'],
    write: [
      'logs:CreateLogGroup',
      'logs:DeleteLogGroup',
      'logs:DeleteRetentionPolicy',
      'logs:PutRetentionPolicy',
      'logs:TagResource',
      'logs:UntagResource',
    ],
  },
  aws_cloudwatch_log_resource_policy: {
    read: RESOURCE_POLICIES,
    write: ['logs:DeleteResourcePolicy', 'logs:PutResourcePolicy'],
  },
  aws_ssm_parameter: {
    read: ['ssm:DescribeParameters', 'ssm:GetParameter', 'ssm:ListTagsForResource'],
    write: [
      'ssm:AddTagsToResource',
      'ssm:DeleteParameter',
      'ssm:PutParameter',
      'ssm:RemoveTagsFromResource',
    ],
  },
  aws_resourcegroups_group: {
    read: [
      'resource-groups:GetGroup',
      'resource-groups:GetGroupConfiguration',
      'resource-groups:GetGroupQuery',
      'resource-groups:GetTags',
    ],
    write: [
      'resource-groups:CreateGroup',
      'resource-groups:DeleteGroup',
      'resource-groups:Tag',
      'resource-groups:Untag',
      'resource-groups:UpdateGroup',
      'resource-groups:UpdateGroupQuery',
      // Whose tags a group asks for, may ask for them.
      'tag:GetResources',
    ],
  },
  aws_s3_bucket: {
    read: [
      's3:GetAccelerateConfiguration',
      's3:GetBucketAcl',
      's3:GetBucketCORS',
      's3:GetBucketLocation',
      's3:GetBucketLogging',
      's3:GetBucketObjectLockConfiguration',
      's3:GetBucketPolicy',
      's3:GetBucketRequestPayment',
      's3:GetBucketTagging',
      's3:GetBucketVersioning',
      's3:GetBucketWebsite',
      's3:GetEncryptionConfiguration',
      's3:GetLifecycleConfiguration',
      's3:GetReplicationConfiguration',
      's3:ListBucket',
    ],
    write: [
      's3:CreateBucket',
      's3:DeleteBucket',
      // Where data may be lost, a bucket is destroyed with all that is in it.
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:ListBucketVersions',
      's3:PutBucketTagging',
    ],
  },
  aws_s3_bucket_lifecycle_configuration: {
    read: ['s3:GetLifecycleConfiguration'],
    write: ['s3:PutLifecycleConfiguration'],
  },
  aws_s3_bucket_ownership_controls: {
    read: ['s3:GetBucketOwnershipControls'],
    write: ['s3:PutBucketOwnershipControls'],
  },
  aws_s3_bucket_policy: {
    read: ['s3:GetBucketPolicy'],
    write: ['s3:DeleteBucketPolicy', 's3:PutBucketPolicy'],
  },
  aws_s3_bucket_public_access_block: {
    read: ['s3:GetBucketPublicAccessBlock'],
    write: ['s3:PutBucketPublicAccessBlock'],
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    read: ['s3:GetEncryptionConfiguration'],
    write: ['s3:PutEncryptionConfiguration'],
  },
  aws_s3_bucket_versioning: {
    read: ['s3:GetBucketVersioning'],
    write: ['s3:PutBucketVersioning'],
  },
} as const satisfies TerraformTypes;
