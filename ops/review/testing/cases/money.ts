import type { Case } from '../case.ts';
import { BALANCER, DATABASE, SERVICE } from './arguments.ts';

const SPOT = { capacity_provider: 'FARGATE_SPOT' };
const ON_DEMAND = { capacity_provider: 'FARGATE' };
const ENDPOINT = { vpc_id: 'vpc-store', service_name: 'com.amazonaws.eu-central-1.s3' };
const LOGS = { name: '/store/api' };

export const MONEY: readonly Case[] = [
  {
    rule: 'size-changed',
    name: 'a bigger database',
    fires: true,
    type: 'aws_db_instance',
    before: DATABASE,
    after: { ...DATABASE, instance_class: 'db.t4g.2xlarge' },
  },
  {
    rule: 'size-changed',
    name: 'the same with another window',
    fires: false,
    type: 'aws_db_instance',
    before: { ...DATABASE, backup_window: '01:00-02:00' },
    after: { ...DATABASE, backup_window: '02:00-03:00' },
  },
  {
    rule: 'count-changed',
    name: 'more tasks',
    fires: true,
    type: 'aws_ecs_service',
    before: SERVICE,
    after: { ...SERVICE, desired_count: 4 },
  },
  {
    rule: 'count-changed',
    name: 'as many tasks',
    fires: false,
    type: 'aws_ecs_service',
    before: SERVICE,
    after: { ...SERVICE, deployment_maximum_percent: 300 },
  },
  {
    rule: 'storage-changed',
    name: 'more room',
    fires: true,
    type: 'aws_db_instance',
    before: DATABASE,
    after: { ...DATABASE, allocated_storage: 100 },
  },
  {
    rule: 'storage-changed',
    name: 'a new database',
    fires: false,
    type: 'aws_db_instance',
    after: DATABASE,
  },
  {
    rule: 'standby-changed',
    name: 'a second one',
    fires: true,
    type: 'aws_db_instance',
    before: DATABASE,
    after: { ...DATABASE, multi_az: true },
  },
  {
    rule: 'standby-changed',
    name: 'still one',
    fires: false,
    type: 'aws_db_instance',
    before: DATABASE,
    after: { ...DATABASE, copy_tags_to_snapshot: true },
  },
  {
    rule: 'logs-for-another-time',
    name: 'logs for a year',
    fires: true,
    type: 'aws_cloudwatch_log_group',
    before: { ...LOGS, retention_in_days: 30 },
    after: { ...LOGS, retention_in_days: 365 },
  },
  {
    rule: 'logs-for-another-time',
    name: 'logs from now on',
    fires: false,
    type: 'aws_cloudwatch_log_group',
    after: { ...LOGS, retention_in_days: 30 },
  },
  {
    rule: 'backups-for-another-time',
    name: 'for a month',
    fires: true,
    type: 'aws_db_instance',
    before: DATABASE,
    after: { ...DATABASE, backup_retention_period: 30 },
  },
  {
    rule: 'backups-for-another-time',
    name: 'a new database',
    fires: false,
    type: 'aws_db_instance',
    after: DATABASE,
  },
  {
    rule: 'spot-changed',
    name: 'no longer on Spot',
    fires: true,
    type: 'aws_ecs_cluster_capacity_providers',
    before: providers({ ...SPOT, weight: 3 }, { ...ON_DEMAND, weight: 1 }),
    after: providers({ ...ON_DEMAND, weight: 1 }),
  },
  {
    rule: 'spot-changed',
    name: 'the same share',
    fires: false,
    type: 'aws_ecs_cluster_capacity_providers',
    before: providers({ ...SPOT, weight: 3 }, { ...ON_DEMAND, weight: 1 }),
    after: providers({ ...SPOT, weight: 6 }, { ...ON_DEMAND, weight: 2 }),
  },
  {
    rule: 'costly-made-or-gone',
    name: 'a balancer',
    fires: true,
    type: 'aws_lb',
    after: BALANCER,
  },
  {
    rule: 'costly-made-or-gone',
    name: 'one gateway less',
    fires: true,
    type: 'aws_nat_gateway',
    before: { subnet_id: 'subnet-a', allocation_id: 'eipalloc-1' },
  },
  {
    rule: 'costly-made-or-gone',
    name: 'a way that is free',
    fires: false,
    type: 'aws_vpc_endpoint',
    after: { ...ENDPOINT, vpc_endpoint_type: 'Gateway' },
  },
];

function providers(...strategies: readonly object[]): Readonly<Record<string, unknown>> {
  return {
    cluster_name: 'store',
    capacity_providers: ['FARGATE', 'FARGATE_SPOT'],
    default_capacity_provider_strategy: strategies,
  };
}
