import type { Case } from '../case.ts';
import { DATABASE } from './arguments.ts';

export const DATA_LOSS: readonly Case[] = [
  {
    rule: 'data-destroyed',
    name: 'the database in another zone',
    fires: true,
    type: 'aws_db_instance',
    before: { ...DATABASE, availability_zone: 'eu-central-1a' },
    after: { ...DATABASE, availability_zone: 'eu-central-1b' },
  },
  {
    rule: 'data-destroyed',
    name: 'a bucket gone',
    fires: true,
    type: 'aws_s3_bucket',
    before: { bucket: 'store-images' },
  },
  {
    rule: 'data-destroyed',
    name: 'the only copy of another kind',
    fires: true,
    type: 'aws_db_snapshot',
    before: { db_instance_identifier: 'store', db_snapshot_identifier: 'before-the-move' },
  },
  {
    rule: 'data-destroyed',
    name: 'a new database',
    fires: false,
    type: 'aws_db_instance',
    after: DATABASE,
  },
  {
    rule: 'data-destroyed',
    name: 'settings gone',
    fires: false,
    type: 'aws_db_parameter_group',
    before: { name: 'store', family: 'postgres17' },
  },
  {
    rule: 'data-forgotten',
    name: 'a bucket left alone',
    fires: true,
    type: 'aws_s3_bucket',
    before: { bucket: 'store-images' },
    forgotten: true,
  },
  {
    rule: 'data-forgotten',
    name: 'a topic left alone',
    fires: false,
    type: 'aws_sns_topic',
    before: { name: 'alarms' },
    forgotten: true,
  },
  {
    rule: 'storage-reduced',
    name: 'a smaller disk',
    fires: true,
    type: 'aws_ebs_volume',
    before: { availability_zone: 'eu-central-1a', size: 100 },
    after: { availability_zone: 'eu-central-1a', size: 50 },
  },
  {
    rule: 'storage-reduced',
    name: 'a bigger disk',
    fires: false,
    type: 'aws_ebs_volume',
    before: { availability_zone: 'eu-central-1a', size: 50 },
    after: { availability_zone: 'eu-central-1a', size: 100 },
  },
  {
    rule: 'key-closed',
    name: 'switched off',
    fires: true,
    type: 'aws_kms_key',
    before: { is_enabled: true },
    after: { is_enabled: false },
  },
  {
    rule: 'key-closed',
    name: 'switched on again',
    fires: false,
    type: 'aws_kms_key',
    before: { is_enabled: false },
    after: { is_enabled: true },
  },
  {
    rule: 'items-expire',
    name: 'by a new attribute',
    fires: true,
    type: 'aws_dynamodb_table',
    before: table({}),
    after: table({ ttl: [{ attribute_name: 'until', enabled: true }] }),
  },
  {
    rule: 'items-expire',
    name: 'no longer',
    fires: false,
    type: 'aws_dynamodb_table',
    before: table({ ttl: [{ attribute_name: 'until', enabled: true }] }),
    after: table({ ttl: [{ attribute_name: 'until', enabled: false }] }),
  },
];

function table(given: object): Readonly<Record<string, unknown>> {
  const attribute = [{ name: 'id', type: 'S' }];
  return { name: 'carts', hash_key: 'id', billing_mode: 'PAY_PER_REQUEST', attribute, ...given };
}
