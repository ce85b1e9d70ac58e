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

const bucket = '${aws_s3_bucket.it.id}';

function addVersions(stack: TerraformStack, status = 'Enabled'): void {
  const versioning_configuration = { status };
  add(stack, 'aws_s3_bucket_versioning', 'versions', { bucket, versioning_configuration });
}

function addEnd(stack: TerraformStack, filter: object): void {
  const rule = [{ status: 'Enabled', filter: [filter], expiration: [{ days: 30 }] }];
  add(stack, 'aws_s3_bucket_lifecycle_configuration', 'ends', { bucket, rule });
}

function refusal(type: Type, changes: object, dataMayBeLost?: boolean): string {
  return refusalOf(protectedData, (stack) => {
    if (dataMayBeLost !== undefined) Object.assign(stack, { place: { dataMayBeLost } });
    add(stack, type, 'it', { ...KEPT[type], ...changes });
    if (type === 'aws_s3_bucket') addVersions(stack);
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

/** What it says to a bucket that nothing prevents from being destroyed. */
function refusalOfLogs(filter: object, to?: string): string {
  return refusalOf(protectedData, (stack) => {
    add(stack, 'aws_s3_bucket', 'it', { force_destroy: false });
    addEnd(stack, filter);
    const access_logs = { bucket: to };
    if (to !== undefined) add(stack, 'aws_lb', 'door', { ...KEPT.aws_lb, access_logs });
  });
}

test('a bucket of access logs that all end may go', () => {
  expect(refusalOfLogs({ prefix: '' }, bucket)).toBe('');
});

test.each([
  ['of which only some end', { prefix: 'plans/' }, bucket],
  ['that nothing logs to', { prefix: '' }, undefined],
  ['beside the one with the logs', { prefix: '' }, '${aws_s3_bucket.other.id}'],
])('a bucket %s may not go', (_, filter, to) => {
  expect(refusalOfLogs(filter, to)).toContain('set lifecycle: { preventDestroy: true }');
});

test.each(['Suspended', undefined])('a bucket whose versions are %s is refused', (status) => {
  const said = refusalOf(protectedData, (stack) => {
    add(stack, 'aws_s3_bucket', 'it', KEPT.aws_s3_bucket);
    if (status !== undefined) addVersions(stack, status);
  });

  expect(said).toContain("add an aws_s3_bucket_versioning for it with status: 'Enabled'");
});

describe('a bucket of states', () => {
  function refusalOfStates(filter: object, changes: object = {}): string {
    return refusalOf(protectedData, (stack) => {
      Object.assign(stack, { place: { dataMayBeLost: true } });
      stack.addOverride('terraform.backend.s3', { bucket: 'states', key: 'dev-network.tfstate' });
      add(stack, 'aws_s3_bucket', 'it', { ...KEPT.aws_s3_bucket, bucket: 'states', ...changes });
      addVersions(stack);
      addEnd(stack, filter);
    });
  }

  test('may delete what is no state', () => {
    expect(refusalOfStates({ prefix: 'plans/' })).toBe('');
  });

  test.each([{}, { prefix: '' }, { prefix: 'dev-' }, { and: [{ prefix: 'dev-' }] }])(
    'may not delete one with the filter %j, not even where data may be lost',
    (filter) => {
      expect(refusalOfStates(filter)).toContain(
        'its lifecycle deletes the state dev-network.tfstate: give the expiration a prefix',
      );
    },
  );

  test('may not be destroyed where data may be lost', () => {
    expect(refusalOfStates({ prefix: 'plans/' }, { lifecycle: undefined })).toContain(
      'set lifecycle: { preventDestroy: true }',
    );
  });
});

describe('a copy of a database', () => {
  const copy = { replicate_source_db: 'other', deletion_protection: true, lifecycle };
  const said = (changes: object) =>
    refusalOf(protectedData, (stack) =>
      add(stack, 'aws_db_instance', 'it', { ...copy, ...changes }),
    );

  test('needs neither a last snapshot nor backups', () => {
    expect(said({ skip_final_snapshot: true })).toBe('');
  });

  test('may not ask for a last snapshot, with which RDS would not delete it', () => {
    expect(said({ skip_final_snapshot: false })).toContain('set skipFinalSnapshot: true');
  });
});

describe('a database of production', () => {
  const said = (changes: object) =>
    refusalOf(protectedData, (stack) => {
      Object.assign(stack, { place: { production: true } });
      add(stack, 'aws_db_instance', 'it', { ...KEPT.aws_db_instance, ...changes });
    });

  test.each([false, undefined])('is refused with multiAz %s', (multi_az) => {
    expect(said({ multi_az })).toContain('of production has no standby: set multiAz: true');
  });

  test('is kept with a standby', () => {
    expect(said({ multi_az: true })).toBe('');
  });
});
