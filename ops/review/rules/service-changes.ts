/** What may stop answering although it stays: its capacity, its ports, how it is watched and reached. */
import type { Rule } from '../rule.ts';
import { byAttribute, changed, lowered, nameOf, turnedOff, under } from './by-attribute.ts';
import { type Difference, differencesAt } from './differences.ts';

export const CAPACITY: Readonly<Record<string, readonly string[]>> = {
  aws_appautoscaling_target: ['min_capacity'],
  aws_autoscaling_group: ['min_size', 'desired_capacity'],
  aws_ecs_service: ['desired_count'],
  aws_eks_node_group: ['scaling_config.min_size', 'scaling_config.desired_size'],
  aws_elasticache_cluster: ['num_cache_nodes'],
  aws_elasticache_replication_group: ['num_cache_clusters', 'num_node_groups'],
  aws_lambda_provisioned_concurrency_config: ['provisioned_concurrent_executions'],
  aws_opensearch_domain: ['cluster_config.instance_count'],
  aws_rds_cluster: ['serverlessv2_scaling_configuration.min_capacity'],
};

const capacityCut = byAttribute({
  id: 'capacity-cut',
  rank: 'downtime',
  at: { ...CAPACITY, aws_lambda_function: ['reserved_concurrent_executions'] },
  // For a function, -1 is without a limit.
  when: (difference) => (difference.before === -1 ? difference.after === 0 : lowered(difference)),
  what: ({ after }) => (Number(after ?? 0) === 0 ? 'goes down to nothing' : 'gets less capacity'),
  why: 'What is left has to carry all the requests; with nothing left, nobody is answered.',
});

const CHECK = ['path', 'port', 'protocol', 'matcher', 'healthy_threshold', 'unhealthy_threshold'];

const checkChanged = byAttribute({
  id: 'health-check-changed',
  rank: 'downtime',
  at: {
    ...under(
      ['aws_lb_target_group', 'aws_alb_target_group'],
      ...CHECK.concat('interval', 'timeout', 'enabled').map((name) => `health_check.${name}`),
    ),
    aws_autoscaling_group: ['health_check_type', 'health_check_grace_period'],
    aws_ecs_service: ['health_check_grace_period_seconds'],
    aws_elb: ['health_check.target', 'health_check.healthy_threshold'],
    aws_route53_health_check: ['resource_path', 'port', 'type', 'failure_threshold', 'fqdn'],
  },
  when: changed,
  what: (difference) => `is watched otherwise: ${nameOf(difference)}`,
  why: 'Where what runs does not pass the new check, it is taken out, and started again and again.',
});

const portChanged = byAttribute({
  id: 'port-changed',
  rank: 'downtime',
  at: {
    ...under(['aws_lb_target_group', 'aws_alb_target_group'], 'port', 'protocol'),
    ...under(['aws_lb_listener', 'aws_alb_listener'], 'port', 'protocol'),
    ...under(['aws_db_instance', 'aws_rds_cluster', 'aws_elasticache_replication_group'], 'port'),
    aws_ecs_service: ['load_balancer.container_port', 'load_balancer.container_name'],
  },
  when: changed,
  what: (difference) => `answers at another ${nameOf(difference)}`,
  why: 'Whoever still uses the old one gets no answer; both ends have to change at the same time.',
});

const rolloutUnguarded = byAttribute({
  id: 'rollout-unguarded',
  rank: 'downtime',
  at: {
    aws_ecs_service: [
      'deployment_circuit_breaker.enable',
      'deployment_circuit_breaker.rollback',
      'deployment_minimum_healthy_percent',
    ],
  },
  when: (difference) =>
    typeof difference.before === 'number' ? lowered(difference) : turnedOff(difference),
  what: (difference) => `is released with less care: ${nameOf(difference)}`,
  why: 'A release that does not start takes away the tasks that answer.',
});

const RESTARTING: Readonly<Record<string, readonly string[]>> = {
  ...under(
    ['aws_db_instance', 'aws_rds_cluster_instance', 'aws_docdb_cluster_instance'],
    'instance_class',
    'engine_version',
    'parameter_group_name',
    'ca_cert_identifier',
    'storage_type',
  ),
  ...under(['aws_rds_cluster', 'aws_docdb_cluster'], 'engine_version'),
  ...under(
    ['aws_elasticache_cluster', 'aws_elasticache_replication_group'],
    'engine_version',
    'node_type',
  ),
};

const restartsNow: Rule = {
  id: 'restarts-now',
  rank: 'downtime',
  types: new Set(Object.keys(RESTARTING)),
  judge(change) {
    if (change.action !== 'update' || change.after['apply_immediately'] !== true) return [];
    return (RESTARTING[change.type] ?? [])
      .flatMap((path) => differencesAt(change, path))
      .filter(changed)
      .map((difference) => ({
        what: `restarts in the middle of the day: ${nameOf(difference)}`,
        why: 'Connections break for a minute or more at once, not in the maintenance window.',
        path: difference.path,
      }));
  },
};

const machineStops = byAttribute({
  id: 'machine-stops',
  rank: 'downtime',
  on: ['update'],
  at: { aws_instance: ['instance_type', 'user_data', 'ebs_optimized'] },
  when: changed,
  what: 'is stopped, changed, and started',
  why: 'What runs on it does not answer for minutes, and it may come back with another address.',
});

const WAYS: Readonly<Record<string, readonly string[]>> = {
  aws_ecs_service: [
    'network_configuration.subnets',
    'network_configuration.security_groups',
    'load_balancer.target_group_arn',
  ],
  ...under(['aws_lb', 'aws_alb'], 'subnets', 'security_groups'),
  ...under(
    ['aws_lb_listener', 'aws_alb_listener', 'aws_lb_listener_rule'],
    'default_action.type',
    'default_action.target_group_arn',
    'action.type',
    'action.target_group_arn',
    'condition',
    'priority',
  ),
  aws_db_instance: ['vpc_security_group_ids', 'db_subnet_group_name'],
  aws_lambda_alias: ['function_version', 'routing_config.additional_version_weights'],
  aws_route: ['destination_cidr_block', 'gateway_id', 'nat_gateway_id', 'transit_gateway_id'],
  aws_route53_record: ['name', 'type', 'records', 'alias.name', 'weighted_routing_policy.weight'],
  aws_route_table_association: ['route_table_id', 'subnet_id'],
};

const wayChanged = byAttribute({
  id: 'way-changed',
  rank: 'downtime',
  at: WAYS,
  when: isOtherWay,
  what: (difference) => `leads elsewhere: ${nameOf(difference)}`,
  why: 'Requests go another way from one moment to the next; who came by the old one may get nothing.',
});

/** A member more takes nothing away. */
function isOtherWay(difference: Difference): boolean {
  const { before, after } = difference;
  if (!Array.isArray(before) || !Array.isArray(after)) return changed(difference);
  const left = new Set(after.map((each) => JSON.stringify(each)));
  return !before.every((each) => left.has(JSON.stringify(each)));
}

const certificateChanged = byAttribute({
  id: 'certificate-changed',
  rank: 'downtime',
  at: {
    ...under(['aws_lb_listener', 'aws_alb_listener'], 'certificate_arn'),
    aws_acm_certificate: ['domain_name', 'subject_alternative_names'],
    aws_apigatewayv2_domain_name: ['domain_name_configuration.certificate_arn'],
    aws_cloudfront_distribution: ['viewer_certificate.acm_certificate_arn', 'aliases'],
  },
  when: isOtherWay,
  what: (difference) => `shows another certificate: ${nameOf(difference)}`,
  why: 'Callers by a name that is not on the new one are refused by their own program.',
});

const everybodyBlocked = byAttribute({
  id: 'everybody-blocked',
  rank: 'downtime',
  at: { aws_wafv2_web_acl: ['default_action.block'] },
  when: ({ before, after }) => before === undefined && after !== undefined,
  what: 'refuses whatever no rule allows',
  why: 'Everybody is refused whom no rule of the firewall names.',
});

export const SERVICE_CHANGES: readonly Rule[] = [
  capacityCut,
  checkChanged,
  portChanged,
  rolloutUnguarded,
  restartsNow,
  machineStops,
  wayChanged,
  certificateChanged,
  everybodyBlocked,
];
