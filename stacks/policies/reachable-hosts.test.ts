import type { TerraformStack } from 'cdktf';
import { add, refusalOf } from '../testing/refusal.ts';
import { addNetwork, subnet } from '../testing/some-network.ts';
import { reachableHosts } from './reachable-hosts.ts';

const group = '${aws_security_group.task.id}';
const https = { security_group_id: group, ip_protocol: 'tcp', from_port: 443, to_port: 443 };

interface Store {
  readonly in: string;
  readonly container?: object;
  /** Where HTTPS goes. @default everywhere */
  readonly egress?: object;
  readonly add?: (stack: TerraformStack) => unknown;
}

const image = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/store';

function refusal({ in: name, container = { image }, egress, ...more }: Store): string {
  return refusalOf(reachableHosts, (stack) => {
    addNetwork(stack, { private: 'nat_gateway_id', closed: undefined });
    add(stack, 'aws_security_group', 'task');
    const rule = { ...https, ...(egress ?? { cidr_ipv4: '0.0.0.0/0' }) };
    add(stack, 'aws_vpc_security_group_egress_rule', 'out', rule);
    const container_definitions = JSON.stringify([container]);
    add(stack, 'aws_ecs_task_definition', 'task-it', { family: 'it', container_definitions });
    more.add?.(stack);
    add(stack, 'aws_ecs_service', 'it', {
      task_definition: '${aws_ecs_task_definition.task-it.arn}',
      network_configuration: { subnets: [subnet(name)], security_groups: [group] },
    });
  });
}

const variable = (name: string) => ({ environment: [{ name, value: 'x' }] });

test.each([
  [{ image }, 'ecr.api (the right to pull images)'],
  [{ image }, 'ecr.dkr (images)'],
  [{ image }, 's3 (layers of images)'],
  [{ logConfiguration: { logDriver: 'awslogs' } }, 'logs (log lines)'],
  [variable('DATABASE_SECRET_ID'), "secretsmanager (the database's logins)"],
  [variable('DATABASE_MASTER_SECRET_ID'), "secretsmanager (the database's logins)"],
  [variable('SETTINGS_PARAMETER'), "ssm (the shop's settings)"],
  [variable('AUTH_ISSUER'), 'cognito-idp (the keys that tokens are checked with)'],
  [{ secrets: [{ name: 'A', valueFrom: 'arn:aws:secretsmanager:x' }] }, 'secretsmanager ('],
  [{ secrets: [{ name: 'A', valueFrom: 'arn:aws:ssm:x:1:parameter/y' }] }, 'ssm ('],
])('a task with %j needs %s', (container, host) => {
  expect(refusal({ in: 'closed', container })).toContain(
    `[stack/it] aws_ecs_service runs tasks in stack/closed that could not reach ${host}`,
  );
  expect(refusal({ in: 'private', container })).toBe('');
});

test('a route without egress leads nowhere', () => {
  expect(refusal({ in: 'private', egress: { cidr_ipv4: '10.0.0.0/16' } })).toContain(
    'could not reach ecr.api (the right to pull images): add a route to a NAT gateway and TCP 443 to 0.0.0.0/0 in the egress of a group that they wear, or an endpoint of type interface and egress to it',
  );
});

const logs = { logConfiguration: { logDriver: 'awslogs' } };
const toEndpoint = { referenced_security_group_id: '${aws_security_group.endpoint.id}' };

function endpoint(changes: object = {}) {
  return (stack: TerraformStack) => {
    add(stack, 'aws_security_group', 'endpoint');
    add(stack, 'aws_vpc_endpoint', 'logs', {
      vpc_id: '${aws_vpc.vpc.id}',
      service_name: 'com.amazonaws.eu-central-1.logs',
      private_dns_enabled: true,
      security_group_ids: ['${aws_security_group.endpoint.id}'],
      ...changes,
    });
  };
}

test('an endpoint of the VPC leads there', () => {
  const store = { in: 'closed', container: logs, egress: toEndpoint };

  expect(refusal({ ...store, add: endpoint() })).toBe('');
});

test.each<readonly [string, object, object]>([
  ['egress', {}, { referenced_security_group_id: 'sg-other' }],
  ["the service's own name", { private_dns_enabled: false }, toEndpoint],
  ['the same VPC', { vpc_id: 'vpc-other' }, toEndpoint],
  ['the same service', { service_name: 'com.amazonaws.eu-central-1.ssm' }, toEndpoint],
])('an endpoint without %s does not', (_, changes, egress) => {
  const store = { in: 'closed', container: logs, egress, add: endpoint(changes) };

  expect(refusal(store)).toContain('could not reach logs (log lines)');
});

test.each([true, false])('a pool with login pages (%s) answers through no endpoint', (hasPages) => {
  const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/${aws_cognito_user_pool.pool.id}';
  const said = refusal({
    in: 'closed',
    container: { environment: [{ name: 'AUTH_ISSUER', value: issuer }] },
    egress: toEndpoint,
    add(stack) {
      endpoint({ service_name: 'com.amazonaws.eu-central-1.cognito-idp' })(stack);
      add(stack, 'aws_cognito_user_pool', 'pool');
      if (!hasPages) return;
      const user_pool_id = '${aws_cognito_user_pool.pool.id}';
      add(stack, 'aws_cognito_user_pool_domain', 'pages', { user_pool_id });
    },
  });

  expect(said.includes('could not reach cognito-idp')).toBe(hasPages);
});

test('layers of images come through a gateway endpoint of the route table', () => {
  const build = (table: string) => (stack: TerraformStack) =>
    add(stack, 'aws_vpc_endpoint', 's3', {
      service_name: 'com.amazonaws.eu-central-1.s3',
      route_table_ids: [`\${aws_route_table.${table}-routes.id}`],
    });
  const egress = { prefix_list_id: '${aws_vpc_endpoint.s3.prefix_list_id}' };

  expect(refusal({ in: 'closed', egress, add: build('closed') })).not.toContain('reach s3');
  expect(refusal({ in: 'closed', egress, add: build('private') })).toContain('reach s3');
});

test('a schedule may name the family of its task', () => {
  const said = refusalOf(reachableHosts, (stack) => {
    addNetwork(stack, { closed: undefined });
    const container_definitions = JSON.stringify([{ image }]);
    add(stack, 'aws_ecs_task_definition', 'task', { family: 'ours', container_definitions });
    const network_configuration = { subnets: [subnet('closed')] };
    const task_definition_arn = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/ours';
    add(stack, 'aws_scheduler_schedule', 'it', {
      target: { ecs_parameters: { task_definition_arn, network_configuration } },
    });
  });

  expect(said).toContain('[stack/it] aws_scheduler_schedule runs tasks in stack/closed');
});
