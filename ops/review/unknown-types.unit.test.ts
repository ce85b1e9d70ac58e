import type { Action } from './change.ts';
import { approvalsNeeded, review } from './review.ts';
import { planOf } from './testing/engine/one-change.ts';

const ACTIONS = { destroy: ['delete'], replace: ['delete', 'create'] } as const;

function approvalsOf(type: string, action: keyof typeof ACTIONS & Action = 'destroy') {
  const change = {
    address: `${type}.one`,
    actions: ACTIONS[action],
    before: { a: 1 },
    after: { a: 2 },
  };
  return approvalsNeeded(review([planOf([change])])).join();
}

test.each([
  'google_sql_database_instance',
  'google_storage_bucket',
  'google_compute_disk',
  'google_bigquery_dataset',
  'azurerm_postgresql_flexible_server',
  'azurerm_cosmosdb_account',
  'azurerm_key_vault',
  'azurerm_servicebus_queue',
  'azurerm_resource_group',
  'digitalocean_database_cluster',
  'hcloud_volume',
  'mongodbatlas_advanced_cluster',
  'kubernetes_persistent_volume_claim',
  'kubernetes_secret',
  'confluent_kafka_topic',
  'aws_lightsail_database',
  'aws_athena_database',
])('%s may have data in it', (type) => {
  expect(approvalsOf(type)).toBe(`data-loss dev-store ${type}.one (unknown-data)`);
  expect(approvalsOf(type, 'replace')).toContain('unknown-data');
});

test.each(['google_compute_instance', 'cloudflare_record', 'google_storage_bucket_iam_member'])(
  '%s goes, and nobody knows what needs it',
  (type) => {
    expect(approvalsOf(type)).toContain('downtime');
  },
);

test.each([
  'null_resource',
  'terraform_data',
  'random_password',
  'time_sleep',
  'tls_private_key',
  'local_file',
  'aws_lb_target_group_attachment',
  'aws_route_table_association',
  'aws_ecs_task_definition',
])('%s needs no yes', (type) => {
  expect(approvalsOf(type, 'replace')).toBe('');
});

test('where a rule has said it, it is not said again', () => {
  expect(approvalsOf('aws_db_instance')).not.toContain('unknown');
  expect(approvalsOf('aws_route', 'destroy')).not.toContain('unknown');
});
