/** What is paid as long as it is there. */
import type { Rule } from '../rule.ts';

const HOUR = 'It is paid by the hour';
const COSTLY: Readonly<Record<string, string>> = {
  aws_alb: `${HOUR}, and by its traffic.`,
  aws_autoscaling_group: 'Its machines are paid by the hour.',
  aws_cloudwatch_dashboard: 'Beyond the first three, each is paid by the month.',
  aws_db_instance: `${HOUR}, with its storage and backups.`,
  aws_db_proxy: `${HOUR}.`,
  aws_docdb_cluster_instance: `${HOUR}.`,
  aws_ec2_transit_gateway_vpc_attachment: `${HOUR}, and by its traffic.`,
  aws_ecs_service: 'Its tasks are paid by the second, by their size.',
  aws_eip: 'Each public address is paid by the hour.',
  aws_eks_cluster: `${HOUR}, beside its machines.`,
  aws_eks_node_group: 'Its machines are paid by the hour.',
  aws_elasticache_cluster: `${HOUR}.`,
  aws_elasticache_replication_group: `${HOUR}.`,
  aws_elb: `${HOUR}, and by its traffic.`,
  aws_globalaccelerator_accelerator: `${HOUR}, and by its traffic.`,
  aws_instance: `${HOUR}, with its disks.`,
  aws_kms_key: 'Each key is paid by the month, and by its use.',
  aws_lb: `${HOUR}, and by its traffic.`,
  aws_mq_broker: `${HOUR}.`,
  aws_msk_cluster: `${HOUR}.`,
  aws_nat_gateway: `${HOUR}, and by its traffic.`,
  aws_networkfirewall_firewall: `${HOUR}, and by its traffic.`,
  aws_opensearch_domain: `${HOUR}, with its disks.`,
  aws_rds_cluster_instance: `${HOUR}.`,
  aws_redshift_cluster: `${HOUR}.`,
  aws_route53_zone: 'Each zone is paid by the month.',
  aws_secretsmanager_secret: 'Each secret is paid by the month.',
  aws_vpc_endpoint: `${HOUR} in each zone, and by its traffic.`,
  aws_vpn_connection: `${HOUR}.`,
  aws_wafv2_web_acl: 'It is paid by the month, for each rule too, and by requests.',
};

export const madeOrGone: Rule = {
  id: 'costly-made-or-gone',
  rank: 'money',
  types: new Set(Object.keys(COSTLY)),
  judge({ type, action, before, after }) {
    if (action !== 'create' && action !== 'destroy') return [];
    // Those of S3 and DynamoDB cost nothing.
    const kind = (action === 'create' ? after : before)['vpc_endpoint_type'];
    if (type === 'aws_vpc_endpoint' && kind !== 'Interface') return [];
    const what = action === 'create' ? 'costs more: one more' : 'costs less: one less';
    return [{ what, why: COSTLY[type] ?? '' }];
  },
};
