import type { Case } from '../case.ts';
import { BALANCER, SERVICE, SUBNET, TARGETS } from './arguments.ts';

const TARGET = {
  service_namespace: 'ecs',
  resource_id: 'service/store/api',
  scalable_dimension: 'ecs:service:DesiredCount',
  min_capacity: 2,
  max_capacity: 6,
};

export const DOWNTIME: readonly Case[] = [
  {
    rule: 'serving-replaced',
    name: 'a narrower subnet',
    fires: true,
    type: 'aws_subnet',
    before: { ...SUBNET, cidr_block: '10.0.0.0/20' },
    after: { ...SUBNET, cidr_block: '10.0.0.0/24' },
  },
  {
    rule: 'serving-replaced',
    name: 'a balancer gapless but elsewhere',
    fires: true,
    type: 'aws_lb',
    before: BALANCER,
    after: { ...BALANCER, name: 'shop' },
    gapless: true,
  },
  {
    rule: 'serving-replaced',
    name: 'targets gapless',
    fires: false,
    type: 'aws_lb_target_group',
    before: TARGETS,
    after: { ...TARGETS, name: 'api-2', port: 3001 },
    gapless: true,
  },
  {
    rule: 'name-taken',
    name: 'targets of the same name',
    fires: true,
    type: 'aws_lb_target_group',
    before: TARGETS,
    after: { ...TARGETS, port: 3001 },
    gapless: true,
  },
  {
    rule: 'name-taken',
    name: 'targets of another name',
    fires: false,
    type: 'aws_lb_target_group',
    before: TARGETS,
    after: { ...TARGETS, name: 'api-2', port: 3001 },
    gapless: true,
  },
  {
    rule: 'serving-destroyed',
    name: 'the service',
    fires: true,
    type: 'aws_ecs_service',
    before: SERVICE,
  },
  {
    rule: 'serving-destroyed',
    name: 'who may publish',
    fires: false,
    type: 'aws_sns_topic_policy',
    before: { arn: 'arn:aws:sns:eu-central-1:111111111111:alarms', policy: '{}' },
  },
  {
    rule: 'scaling-ends',
    name: 'of the service',
    fires: true,
    type: 'aws_appautoscaling_target',
    before: TARGET,
  },
  {
    rule: 'scaling-ends',
    name: 'further up',
    fires: false,
    type: 'aws_appautoscaling_target',
    before: TARGET,
    after: { ...TARGET, max_capacity: 8 },
  },
];
