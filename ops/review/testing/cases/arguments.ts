/** What resources of cases have in common. */

export const DATABASE = {
  identifier: 'store',
  instance_class: 'db.t4g.micro',
  engine: 'postgres',
  engine_version: '17.5',
  allocated_storage: 20,
  username: 'store',
  manage_master_user_password: true,
  backup_retention_period: 7,
  storage_encrypted: true,
  skip_final_snapshot: false,
  final_snapshot_identifier: 'store-last',
  delete_automated_backups: false,
  deletion_protection: true,
  multi_az: false,
  publicly_accessible: false,
  apply_immediately: false,
};

export const SERVICE = {
  name: 'api',
  cluster: 'store',
  task_definition: 'api:1',
  launch_type: 'FARGATE',
  desired_count: 2,
  deployment_minimum_healthy_percent: 100,
  deployment_circuit_breaker: [{ enable: true, rollback: true }],
  network_configuration: [
    {
      subnets: ['subnet-a', 'subnet-b'],
      security_groups: ['sg-tasks'],
      assign_public_ip: false,
    },
  ],
};

export const BALANCER = {
  name: 'store',
  load_balancer_type: 'application',
  internal: false,
  subnets: ['subnet-a', 'subnet-b'],
  security_groups: ['sg-door'],
  enable_deletion_protection: true,
};

const GROUP_ARN =
  'arn:aws:elasticloadbalancing:eu-central-1:111111111111:targetgroup/api/0123456789abcdef';
const LISTENER_ARN = 'arn:aws:elasticloadbalancing:eu-central-1:111111111111:';

export const LISTENER = {
  load_balancer_arn: `${LISTENER_ARN}loadbalancer/app/store/0123456789abcdef`,
  port: 443,
  protocol: 'HTTPS',
  ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  certificate_arn: 'arn:aws:acm:eu-central-1:111111111111:certificate/first',
  default_action: [{ type: 'forward', target_group_arn: GROUP_ARN }],
};

export const PLAIN_LISTENER = {
  load_balancer_arn: LISTENER.load_balancer_arn,
  port: 80,
  protocol: 'HTTP',
};

export const REDIRECT = [
  { type: 'redirect', redirect: [{ port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' }] },
];

export const TARGETS = {
  name: 'api',
  port: 3000,
  protocol: 'HTTP',
  target_type: 'ip',
  vpc_id: 'vpc-store',
  health_check: [{ path: '/readyz', port: 'traffic-port', matcher: '200', unhealthy_threshold: 3 }],
};

export const SUBNET = { vpc_id: 'vpc-store', availability_zone: 'eu-central-1a' };

export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

export function allow(action: string | readonly string[], resource: string, given: object = {}) {
  return { Effect: 'Allow', Action: action, Resource: resource, ...given };
}

export function firewall(given: object): Readonly<Record<string, unknown>> {
  return {
    name: 'store',
    scope: 'REGIONAL',
    default_action: [{ allow: [{}] }],
    visibility_config: [visibility('store')],
    ...given,
  };
}

export function visibility(name: string): object {
  return {
    metric_name: name,
    cloudwatch_metrics_enabled: true,
    sampled_requests_enabled: true,
  };
}
