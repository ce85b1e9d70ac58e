/** What the bill goes by. There are no prices here: only which way it goes, and by what. */
import type { Remark, Rule } from '../rule.ts';
import { byAttribute, changed, isOn, nameOf, under } from './by-attribute.ts';
import { type Difference, differencesAt, listed, member } from './differences.ts';
import { CAPACITY } from './service-changes.ts';
import { sizeOf } from './sizes.ts';

const SIZES: Readonly<Record<string, readonly string[]>> = {
  ...under(
    ['aws_db_instance', 'aws_docdb_cluster_instance', 'aws_neptune_cluster_instance'],
    'instance_class',
  ),
  ...under(['aws_elasticache_cluster', 'aws_elasticache_replication_group'], 'node_type'),
  ...under(['aws_instance', 'aws_launch_template'], 'instance_type'),
  aws_ecs_task_definition: ['cpu', 'memory'],
  aws_lambda_function: ['memory_size'],
  aws_opensearch_domain: ['cluster_config.instance_type'],
  aws_rds_cluster_instance: ['instance_class'],
  aws_redshift_cluster: ['node_type'],
};

const sizeChanged = byAttribute({
  id: 'size-changed',
  rank: 'money',
  at: SIZES,
  when: changed,
  what: (difference) => `${direction(sizeOf(difference))}: ${nameOf(difference)}`,
  why: 'It is paid by the hour, by its size.',
});

const COUNTS: Readonly<Record<string, readonly string[]>> = {
  ...CAPACITY,
  aws_appautoscaling_target: ['min_capacity', 'max_capacity'],
  aws_autoscaling_group: ['min_size', 'max_size', 'desired_capacity'],
  aws_rds_cluster: [
    'serverlessv2_scaling_configuration.min_capacity',
    'serverlessv2_scaling_configuration.max_capacity',
  ],
  aws_redshift_cluster: ['number_of_nodes'],
};

const countChanged = byAttribute({
  id: 'count-changed',
  rank: 'money',
  at: COUNTS,
  when: changed,
  what: (difference) => `${direction(numbers(difference))}: ${nameOf(difference)}`,
  why: 'Each one is paid by the hour.',
});

const storageChanged = byAttribute({
  id: 'storage-changed',
  rank: 'money',
  at: {
    ...under(['aws_db_instance', 'aws_rds_cluster'], 'allocated_storage', 'iops'),
    aws_dynamodb_table: ['read_capacity', 'write_capacity'],
    aws_ebs_volume: ['size', 'iops', 'throughput'],
    aws_instance: ['root_block_device.volume_size', 'ebs_block_device.volume_size'],
    aws_kinesis_stream: ['shard_count'],
    aws_opensearch_domain: ['ebs_options.volume_size', 'ebs_options.iops'],
  },
  when: changed,
  what: (difference) => `${direction(numbers(difference))}: ${nameOf(difference)}`,
  why: 'What is set aside is paid whether it is used or not.',
});

const standbyChanged = byAttribute({
  id: 'standby-changed',
  rank: 'money',
  at: {
    ...under(['aws_db_instance'], 'multi_az'),
    aws_elasticache_replication_group: ['multi_az_enabled'],
  },
  when: ({ before, after }) => before !== undefined && isOn(before) !== isOn(after),
  what: ({ after }) => `${direction(isOn(after) ? 1 : -1)}: a second one in another zone`,
  why: 'A standby costs as much as what it stands by for.',
});

const WHY_KEPT = 'What is kept is paid by the month, and by how much it is.';

const backupsKept = byAttribute({
  id: 'backups-for-another-time',
  rank: 'money',
  at: under(['aws_db_instance', 'aws_rds_cluster'], 'backup_retention_period'),
  when: changed,
  what: (difference) => `${direction(numbers(difference))}: ${nameOf(difference)}`,
  why: WHY_KEPT,
});

const logsKept = byAttribute({
  id: 'logs-for-another-time',
  rank: 'money',
  at: { aws_cloudwatch_log_group: ['retention_in_days'] },
  when: changed,
  what: (difference) => `${direction(days(difference))}: ${nameOf(difference)}`,
  why: WHY_KEPT,
});

const spotLeft: Rule = {
  id: 'spot-changed',
  rank: 'money',
  types: new Set(['aws_ecs_service', 'aws_ecs_cluster_capacity_providers']),
  judge(change): Remark[] {
    const name =
      change.type === 'aws_ecs_service'
        ? 'capacity_provider_strategy'
        : 'default_capacity_provider_strategy';
    if (change.action === 'create' || differencesAt(change, name).length === 0) return [];
    const way = shareOfSpot(change.before[name]) - shareOfSpot(change.after[name]);
    if (way === 0) return [];
    const why = 'Spot costs less than half, and AWS takes it back at two minutes’ notice.';
    return [{ what: `${direction(way)}: the share of Spot`, why, path: [name] }];
  },
};

function shareOfSpot(strategies: unknown): number {
  const all = listed(strategies);
  const spot = all.filter((each) => String(member(each, 'capacity_provider')).includes('SPOT'));
  const whole = weightOf(all);
  return whole === 0 ? 0 : weightOf(spot) / whole;
}

function weightOf(strategies: readonly unknown[]): number {
  const weights = strategies.map((each) => Number(member(each, 'weight') ?? 0));
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/** @param way above 0 for more, below for less, 0 for what cannot be told */
function direction(way: number): string {
  if (way === 0) return 'costs another sum';
  return way > 0 ? 'costs more' : 'costs less';
}

function numbers({ before, after }: Difference): number {
  return Number(after ?? 0) - Number(before ?? 0);
}

function days({ before, after }: Difference): number {
  return daysOf(after) - daysOf(before);
}

/** 0 is for ever. */
function daysOf(value: unknown): number {
  return Number(value) || Number.MAX_SAFE_INTEGER;
}

export const MONEY: readonly Rule[] = [
  sizeChanged,
  countChanged,
  storageChanged,
  standbyChanged,
  backupsKept,
  logsKept,
  spotLeft,
];
