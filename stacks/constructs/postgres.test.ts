import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group/index.js';
import { SecretsmanagerSecretRotation } from '@cdktf/provider-aws/lib/secretsmanager-secret-rotation/index.js';
import { Testing } from 'cdktf';
import type { Environment } from '../place.ts';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf, type Synthesised } from '../testing/synthesise.ts';
import { Postgres } from './postgres.ts';

const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1';

function postgres(environment: Environment = anEnvironment()): string {
  const props = { environment, vpcId: 'vpc-1', subnetIds: ['subnet-a', 'subnet-b'], keyArn: KEY };
  return Testing.synthScope((scope) => new Postgres(scope, 'postgres', props));
}

function only(synthesised: string, type: string): Readonly<Record<string, unknown>> {
  const found = resourcesOf(JSON.parse(synthesised) as Synthesised, type);
  expect(found).toHaveLength(1);
  return found[0] ?? {};
}

test('it is PostgreSQL 17 of the size in the table, and patches itself', () => {
  expect(postgres(anEnvironment('prod'))).toHaveResourceWithProperties(DbInstance, {
    identifier: 'fargate-store-prod',
    engine: 'postgres',
    engine_version: '17',
    auto_minor_version_upgrade: true,
    instance_class: 'db.m7g.large',
    multi_az: true,
    db_name: 'store',
    username: 'store_owner',
  });
});

test('its storage is encrypted with our key and grows to where the table says', () => {
  expect(postgres()).toHaveResourceWithProperties(DbInstance, {
    storage_type: 'gp3',
    storage_encrypted: true,
    kms_key_id: KEY,
    allocated_storage: 20,
    max_allocated_storage: 50,
  });
});

test('it lives in the given subnets and has no public address', () => {
  expect(postgres()).toHaveResourceWithProperties(DbSubnetGroup, {
    name: 'fargate-store-dev-database',
    subnet_ids: ['subnet-a', 'subnet-b'],
  });
  expect(postgres()).toHaveResourceWithProperties(DbInstance, { publicly_accessible: false });
});

test('only who wears the client group comes in, on one port, and nothing goes out', () => {
  const synthesised = postgres();

  const rule = { from_port: 5432, to_port: 5432, ip_protocol: 'tcp' };
  expect(only(synthesised, 'aws_vpc_security_group_ingress_rule')).toMatchObject({
    ...rule,
    security_group_id: expect.stringContaining('server-group'),
    referenced_security_group_id: expect.stringContaining('client-group'),
  });
  expect(only(synthesised, 'aws_vpc_security_group_egress_rule')).toMatchObject({
    ...rule,
    security_group_id: expect.stringContaining('client-group'),
    referenced_security_group_id: expect.stringContaining('server-group'),
  });
  expect(only(synthesised, 'aws_db_instance')['vpc_security_group_ids']).toEqual([
    expect.stringContaining('server-group'),
  ]);
});

test("RDS makes the owner's password, keeps it under our key and changes it when it is due", () => {
  const synthesised = postgres();

  expect(synthesised).toHaveResourceWithProperties(DbInstance, {
    manage_master_user_password: true,
    master_user_secret_kms_key_id: KEY,
    iam_database_authentication_enabled: false,
  });
  expect(synthesised).toHaveResourceWithProperties(SecretsmanagerSecretRotation, {
    secret_id: expect.stringMatching(/aws_db_instance\..*\.master_user_secret\[0\]\.secret_arn/),
    rotation_rules: { automatically_after_days: 30 },
    rotate_immediately: false,
  });
  expect(only(synthesised, 'aws_db_instance')).not.toHaveProperty('password');
});

test('where data may be lost it can be destroyed without a trace', () => {
  const instance = only(postgres(anEnvironment('dev')), 'aws_db_instance');

  expect(instance).toMatchObject({
    deletion_protection: false,
    skip_final_snapshot: true,
    delete_automated_backups: true,
    apply_immediately: true,
    backup_retention_period: 1,
  });
  expect(instance).not.toHaveProperty('final_snapshot_identifier');
  expect(instance['lifecycle']).not.toHaveProperty('prevent_destroy');
});

test.each(['staging', 'prod'] as const)(
  'in %s it cannot be deleted by mistake, leaves a snapshot, and changes at night',
  (name) => {
    expect(postgres(anEnvironment(name))).toHaveResourceWithProperties(DbInstance, {
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: `fargate-store-${name}-final`,
      delete_automated_backups: false,
      copy_tags_to_snapshot: true,
      apply_immediately: false,
      lifecycle: { ignore_changes: ['identifier'], prevent_destroy: true },
    });
  },
);

test('one that was restored beside it and took its place keeps its name, and its logs theirs', () => {
  const synthesised = postgres(anEnvironment('prod'));

  expect(only(synthesised, 'aws_db_instance')).toMatchObject({
    identifier: anEnvironment('prod').prefix,
    lifecycle: { ignore_changes: ['identifier'] },
  });
  const groups = resourcesOf(JSON.parse(synthesised) as Synthesised, 'aws_cloudwatch_log_group');
  expect(groups.map(({ lifecycle }) => lifecycle)).toEqual([
    { ignore_changes: ['name'] },
    { ignore_changes: ['name'] },
  ]);
});

test('the backup is done before the maintenance begins', () => {
  const instance = only(postgres(), 'aws_db_instance');
  const [start = '', end = ''] = String(instance['backup_window']).split('-');
  const maintenance = /^tue:(\d\d:\d\d)-tue:\d\d:\d\d$/.exec(
    String(instance['maintenance_window']),
  )?.[1];

  expect(start < end).toBe(true);
  expect(maintenance !== undefined && end < maintenance).toBe(true);
});

test.each([
  { insights: 'standard', days: 7 },
  { insights: 'advanced', days: 465 },
] as const)('insights that are $insights are kept for $days days', ({ insights, days }) => {
  const { database } = anEnvironment();
  const environment = anEnvironment('dev', { database: { ...database, insights } });

  expect(postgres(environment)).toHaveResourceWithProperties(DbInstance, {
    database_insights_mode: insights,
    performance_insights_enabled: true,
    performance_insights_kms_key_id: KEY,
    performance_insights_retention_period: days,
  });
});

test('its logs end after the days of the table: their groups are there before it', () => {
  const synthesised = postgres(anEnvironment('prod'));

  for (const log of ['postgresql', 'upgrade']) {
    expect(synthesised).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: `/aws/rds/instance/fargate-store-prod/${log}`,
      retention_in_days: 90,
    });
  }
  expect(only(synthesised, 'aws_db_instance')).toMatchObject({
    enabled_cloudwatch_logs_exports: ['postgresql', 'upgrade'],
    depends_on: [expect.stringContaining('postgresql-log'), expect.stringContaining('upgrade-log')],
  });
});
