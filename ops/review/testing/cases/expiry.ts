import type { Case } from '../case.ts';

const LOGS = { name: '/store/api', retention_in_days: 90 };
const RULES = { bucket: 'store-images', expected_bucket_owner: '111111111111' };

export const EXPIRY: readonly Case[] = [
  {
    rule: 'expires-sooner',
    name: 'logs for a week only',
    fires: true,
    type: 'aws_cloudwatch_log_group',
    before: LOGS,
    after: { ...LOGS, retention_in_days: 7 },
  },
  {
    rule: 'expires-sooner',
    name: 'logs no longer for ever',
    fires: true,
    type: 'aws_cloudwatch_log_group',
    before: { ...LOGS, retention_in_days: 0 },
    after: LOGS,
  },
  {
    rule: 'expires-sooner',
    name: 'old versions for a day',
    fires: true,
    type: 'aws_s3_bucket_lifecycle_configuration',
    before: { ...RULES, rule: [expiry('kept', 90), expiry('old', 30)] },
    after: { ...RULES, rule: [expiry('old', 1), expiry('kept', 90)] },
  },
  {
    rule: 'expires-sooner',
    name: 'logs for longer',
    fires: false,
    type: 'aws_cloudwatch_log_group',
    before: LOGS,
    after: { ...LOGS, retention_in_days: 365 },
  },
  {
    rule: 'expires-sooner',
    name: 'the same in another order',
    fires: false,
    type: 'aws_s3_bucket_lifecycle_configuration',
    before: { ...RULES, rule: [expiry('a', 90), expiry('b', 30)] },
    after: { ...RULES, rule: [expiry('b', 30), expiry('a', 120)] },
  },
  {
    rule: 'objects-expire',
    name: 'a bucket that begins to delete',
    fires: true,
    type: 'aws_s3_bucket_lifecycle_configuration',
    after: { ...RULES, rule: [expiry('old', 30)] },
  },
  {
    rule: 'images-expire',
    name: 'fewer images',
    fires: true,
    type: 'aws_ecr_lifecycle_policy',
    before: { repository: 'store', policy: images(30) },
    after: { repository: 'store', policy: images(3) },
  },
  {
    rule: 'images-expire',
    name: 'no longer',
    fires: false,
    type: 'aws_ecr_lifecycle_policy',
    before: { repository: 'store', policy: images(30) },
  },
  {
    rule: 'objects-expire',
    name: 'only to a cheaper class',
    fires: false,
    type: 'aws_s3_bucket_lifecycle_configuration',
    after: {
      ...RULES,
      rule: [
        {
          id: 'cheap',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          transition: [{ days: 90, storage_class: 'GLACIER' }],
        },
      ],
    },
  },
];

function expiry(id: string, days: number): object {
  const expires = { noncurrent_version_expiration: [{ noncurrent_days: days }] };
  return { id, status: 'Enabled', filter: [{ prefix: id }], ...expires };
}

function images(count: number): string {
  const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: count };
  return JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: 'expire' } }] });
}
