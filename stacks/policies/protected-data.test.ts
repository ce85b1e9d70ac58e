import type { TerraformStack } from 'cdktf';
import { add, refusalOf } from '../testing/refusal.ts';
import { protectedData } from './protected-data.ts';

const lifecycle = { prevent_destroy: true };

/** Each as it has to be where data may not be lost. */
const KEPT = {
  aws_cognito_user_pool: { deletion_protection: 'ACTIVE', lifecycle },
  aws_db_instance: {
    deletion_protection: true,
    skip_final_snapshot: false,
    final_snapshot_identifier: 'last',
    delete_automated_backups: false,
    backup_retention_period: 7,
    lifecycle,
  },
  aws_dynamodb_table: { deletion_protection_enabled: true, lifecycle },
  aws_ecr_repository: { force_delete: false },
  aws_kms_key: { deletion_window_in_days: 30, lifecycle },
  aws_lb: { enable_deletion_protection: true },
  aws_s3_bucket: { force_destroy: false, lifecycle },
  aws_secretsmanager_secret: { recovery_window_in_days: 7 },
};

type Type = keyof typeof KEPT;

function refusal(type: Type, changes: object, dataMayBeLost?: boolean): string {
  return refusalOf(protectedData, (stack) => {
    if (dataMayBeLost !== undefined) Object.assign(stack, { place: { dataMayBeLost } });
    add(stack, type, 'it', { ...KEPT[type], ...changes });
  });
}

const types = Object.keys(KEPT) as Type[];

test.each(types)('keeps %s as it has to be', (type) => {
  expect(refusal(type, {}, false)).toBe('');
});

const losses: readonly (readonly [Type, object, whatToDo: string])[] = [
  ['aws_cognito_user_pool', { deletion_protection: 'INACTIVE' }, "deletionProtection: 'ACTIVE'"],
  ['aws_cognito_user_pool', { lifecycle: undefined }, 'lifecycle: { preventDestroy: true }'],
  ['aws_db_instance', { deletion_protection: false }, 'deletionProtection: true'],
  ['aws_db_instance', { skip_final_snapshot: true }, 'skipFinalSnapshot: false'],
  ['aws_db_instance', { final_snapshot_identifier: undefined }, 'finalSnapshotIdentifier: a name'],
  ['aws_db_instance', { delete_automated_backups: true }, 'deleteAutomatedBackups: false'],
  ['aws_db_instance', { backup_retention_period: 0 }, 'backupRetentionPeriod: 1 or more'],
  ['aws_db_instance', { lifecycle: undefined }, 'lifecycle: { preventDestroy: true }'],
  ['aws_dynamodb_table', { deletion_protection_enabled: false }, 'deletionProtectionEnabled: true'],
  ['aws_ecr_repository', { force_delete: true }, 'forceDelete: false'],
  ['aws_kms_key', { deletion_window_in_days: 7 }, 'deletionWindowInDays: 30 or more'],
  ['aws_kms_key', { lifecycle: { prevent_destroy: false } }, 'lifecycle: { preventDestroy: true }'],
  ['aws_lb', { enable_deletion_protection: false }, 'enableDeletionProtection: true'],
  ['aws_s3_bucket', { force_destroy: true }, 'forceDestroy: false'],
  ['aws_s3_bucket', { lifecycle: undefined }, 'lifecycle: { preventDestroy: true }'],
  ['aws_secretsmanager_secret', { recovery_window_in_days: 0 }, 'recoveryWindowInDays: 7 or more'],
];

describe.each(losses)('%s with %j', (type, changes, whatToDo) => {
  test.each([false, undefined])('is refused where data may not be lost (%s)', (dataMayBeLost) => {
    const said = refusal(type, changes, dataMayBeLost);

    expect(said).toContain(`[stack/it] ${type} holds what may not be lost: set ${whatToDo}`);
  });

  test('is kept where it may', () => {
    expect(refusal(type, changes, true)).toBe('');
  });
});

test.each<readonly [Type, string, string]>([
  ['aws_cognito_user_pool', 'deletion_protection', 'deletionProtection'],
  ['aws_db_instance', 'skip_final_snapshot', 'skipFinalSnapshot'],
  ['aws_kms_key', 'deletion_window_in_days', 'deletionWindowInDays'],
  ['aws_s3_bucket', 'force_destroy', 'forceDestroy'],
])('%s: %s may nowhere be left to a default', (type, attribute, argument) => {
  expect(refusal(type, { [attribute]: undefined }, true)).toContain(
    `[stack/it] ${type} leaves ${argument} to a default: set it, as data is lost by it`,
  );
});

test.each([
  ['all of them end', { prefix: '' }, true],
  ['only some of them end', { prefix: 'plans/' }, false],
])('a bucket may go when %s', (_, filter, isKept) => {
  const said = refusalOf(protectedData, (stack: TerraformStack) => {
    add(stack, 'aws_s3_bucket', 'it', { force_destroy: false });
    add(stack, 'aws_s3_bucket_lifecycle_configuration', 'ends', {
      bucket: '${aws_s3_bucket.it.id}',
      rule: [{ status: 'Enabled', filter: [filter], expiration: [{ days: 30 }] }],
    });
  });

  expect(said === '').toBe(isKept);
});
