import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { Testing } from 'cdktf';
import { DatabaseStack } from './database-stack.ts';
import { MigrationStack } from './migration-stack.ts';
import { NetworkStack } from './network-stack.ts';
import type { Egress } from './settings.ts';
import { anEnvironment } from './testing/places.ts';
import { resourcesOf, type Synthesised, synthesise } from './testing/synthesise.ts';

function migration(egress: Egress = 'nat-single'): Synthesised {
  const app = Testing.app();
  const { network: lean } = anEnvironment();
  const environment = anEnvironment('dev', { network: { ...lean, egress } });
  const network = new NetworkStack(app, environment);
  const database = new DatabaseStack(app, environment, network);
  return synthesise(new MigrationStack(app, environment, { network, database }));
}

const withNat = migration();
const withEndpoints = migration('endpoints');

test.each(['migrate', 'rotate'])('%s runs on the released image with a role of its own', (name) => {
  const task = resourcesOf(withNat, 'aws_ecs_task_definition').find(
    ({ family }) => family === `fargate-store-dev-${name}`,
  );

  const role = name === 'migrate' ? 'migration-role' : 'rotation-role';
  expect(task?.['task_role_arn']).toContain(role);
  expect(task?.['execution_role_arn']).toContain('execution-role');
  expect(task?.['container_definitions']).toContain(`service/${name}.js`);
  expect(task?.['container_definitions']).toContain('data.aws_ssm_parameter.image_digest');
});

test('before the first release nothing is scheduled', () => {
  expect(JSON.stringify(withNat)).toHaveResourceWithProperties(SchedulerSchedule, {
    state: expect.stringMatching(/insecure_value == "none"\) \? "DISABLED" : "ENABLED"/),
  });
});

test('the schedule may pass the roles of the rotation, and not the one of the migration', () => {
  const policies = resourcesOf(withNat, 'aws_iam_role_policy').map(({ policy }) => String(policy));
  const passing = policies.find((policy) => policy.includes('iam:PassRole'));

  expect(passing).toContain('rotation-role');
  expect(passing).toContain('execution-role');
  expect(passing).not.toContain('migration-role');
});

test('a failure of either task is told', () => {
  const [rule] = resourcesOf(withNat, 'aws_cloudwatch_event_rule');

  expect(rule?.['event_pattern']).toContain(
    '"group":["family:fargate-store-dev-migrate","family:fargate-store-dev-rotate"]',
  );
});

test('with NAT the tasks call HTTPS and reach the database, and nobody calls them', () => {
  expect(JSON.stringify(withNat)).toHaveResourceWithProperties(VpcSecurityGroupEgressRule, {
    cidr_ipv4: '0.0.0.0/0',
    from_port: 443,
    to_port: 443,
  });
  expect(resourcesOf(withNat, 'aws_vpc_security_group_egress_rule')).toHaveLength(1);
  expect(resourcesOf(withNat, 'aws_vpc_security_group_ingress_rule')).toHaveLength(0);
  expect(withNat.output['task_security_group_ids']?.['value']).toEqual([
    expect.stringContaining('task-group'),
    expect.stringContaining('client-group'),
  ]);
});

test('with endpoints they wear that group too, and their own leads to S3 only', () => {
  const rules = resourcesOf(withEndpoints, 'aws_vpc_security_group_egress_rule');

  expect(rules).toHaveLength(1);
  expect(rules[0]).toMatchObject({ prefix_list_id: expect.any(String), from_port: 443 });
  expect(rules[0]).not.toHaveProperty('cidr_ipv4');
  expect(withEndpoints.output['task_security_group_ids']?.['value']).toEqual([
    expect.stringContaining('task-group'),
    expect.stringContaining('client-group'),
    expect.stringContaining('endpoint-client'),
  ]);
});

test('it tells all that is needed to run the tasks, and where their log is', () => {
  expect(withNat.output).toMatchObject({
    cluster: { value: expect.stringContaining('cluster') },
    migrate_task_definition: { value: expect.stringContaining('migrate') },
    rotate_task_definition: { value: expect.stringContaining('rotate') },
    psql_task_definition: { value: expect.stringContaining('psql') },
    task_subnet_ids: {
      value: [expect.stringContaining('private-a'), expect.stringContaining('private-b')],
    },
    log_group: { value: expect.stringContaining('aws_cloudwatch_log_group.log') },
  });
  expect(JSON.stringify(withNat)).toHaveResourceWithProperties(CloudwatchLogGroup, {
    name: '/fargate-store-dev/migration',
    retention_in_days: 7,
  });
});
