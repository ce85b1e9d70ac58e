import { App, Testing } from 'cdktf';
import { addAccount, addEnvironment } from '../../stacks/store.ts';
import { anAccount, anEnvironment } from '../../stacks/testing/places.ts';
import { LISTS } from './leftover-lists.ts';

/** Found by its tag, whatever it is. */
const NETWORK = [
  'aws_eip',
  'aws_flow_log',
  'aws_internet_gateway',
  'aws_nat_gateway',
  'aws_route_table',
  'aws_security_group',
  'aws_subnet',
  'aws_vpc',
  'aws_vpc_endpoint',
  'aws_vpc_security_group_egress_rule',
  'aws_vpc_security_group_ingress_rule',
];

/** What cannot outlive something that is asked about: it is a part or a setting of that. */
const PARTS: Readonly<Record<string, string>> = {
  aws_appautoscaling_policy: 'aws_appautoscaling_target',
  aws_cloudwatch_event_target: 'aws_cloudwatch_event_rule',
  aws_cognito_user_group: 'aws_cognito_user_pool',
  aws_cognito_user_pool_client: 'aws_cognito_user_pool',
  aws_cognito_user_pool_domain: 'aws_cognito_user_pool',
  aws_default_security_group: 'aws_vpc',
  aws_ecr_lifecycle_policy: 'aws_ecr_repository',
  aws_ecs_cluster_capacity_providers: 'aws_ecs_cluster',
  aws_ecs_service: 'aws_ecs_cluster',
  aws_iam_role_policy: 'aws_iam_role',
  aws_lb_listener: 'aws_lb',
  aws_lb_listener_rule: 'aws_lb',
  aws_route: 'aws_route_table',
  aws_route_table_association: 'aws_route_table',
  aws_s3_bucket_lifecycle_configuration: 'aws_s3_bucket',
  aws_s3_bucket_ownership_controls: 'aws_s3_bucket',
  aws_s3_bucket_policy: 'aws_s3_bucket',
  aws_s3_bucket_public_access_block: 'aws_s3_bucket',
  aws_s3_bucket_server_side_encryption_configuration: 'aws_s3_bucket',
  aws_s3_bucket_versioning: 'aws_s3_bucket',
  aws_secretsmanager_secret_rotation: 'aws_secretsmanager_secret',
  aws_wafv2_web_acl_association: 'aws_wafv2_web_acl',
  aws_wafv2_web_acl_logging_configuration: 'aws_wafv2_web_acl',
};

function typesOfStacks(): string[] {
  const app = new App({ outdir: '/nowhere' });
  const environment = anEnvironment('dev');
  addAccount(app, anAccount(environment));
  addEnvironment(app, environment);
  const types = app.node.children.flatMap((stack) => {
    const { resource = {} } = JSON.parse(Testing.synth(stack as never)) as { resource?: object };
    return Object.keys(resource);
  });
  return [...new Set(types)];
}

test('of everything that the rehearsal makes it is asked what is left', () => {
  const asked = new Set([...Object.keys(LISTS), ...NETWORK]);

  const types = typesOfStacks();
  const forgotten = types.filter((type) => !asked.has(PARTS[type] ?? type));

  expect(types.length).toBeGreaterThan(0);
  expect(forgotten).toEqual([]);
});

test('a part of something is still part of the stacks', () => {
  const types = new Set(typesOfStacks());

  expect(Object.keys(PARTS).filter((part) => !types.has(part))).toEqual([]);
});
