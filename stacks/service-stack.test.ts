import { Testing } from 'cdktf';
import { DatabaseStack } from './database-stack.ts';
import type { someTable } from './testing/some-table.ts';
import { IdentityStack } from './identity-stack.ts';
import { NetworkStack } from './network-stack.ts';
import { ServiceStack } from './service-stack.ts';
import type { Settings } from './settings.ts';
import { anEnvironment } from './testing/places.ts';
import { resourcesOf, synthesise } from './testing/synthesise.ts';

function serviceOf(name: keyof typeof someTable, differences: Partial<Settings> = {}) {
  const app = Testing.app();
  const environment = anEnvironment(name, differences);
  const network = new NetworkStack(app, environment);
  const identity = new IdentityStack(app, environment);
  const database = new DatabaseStack(app, environment, network);
  return synthesise(new ServiceStack(app, environment, { network, identity, database }));
}

const dev = serviceOf('dev');
const prod = serviceOf('prod');

test('nothing but the door is open to the world', () => {
  const world = Object.entries(prod.resource['aws_vpc_security_group_ingress_rule'] ?? {})
    .filter(([, rule]) => !rule['referenced_security_group_id'])
    .map(([name]) => name);

  expect(world).toHaveLength(4);
  expect(world).toEqual(world.map(() => expect.stringMatching(/^door_ipv[46]-(80|443)_/)));
  expect(resourcesOf(prod, 'aws_lb')).toHaveLength(1);
});

test('tasks wear their group and that of the clients of the database', () => {
  const [service] = resourcesOf(dev, 'aws_ecs_service');

  expect(service?.['network_configuration']).toMatchObject({
    security_groups: [
      expect.stringMatching(/^\$\{aws_security_group\.task-group/),
      expect.stringMatching(/-dev-database\.outputs\..*aws_security_grouppostgres_client/),
    ],
  });
});

test('with endpoints tasks wear the group of their clients as well', () => {
  const { network, identity } = anEnvironment('dev');
  const [service] = resourcesOf(
    serviceOf('dev', {
      network: { ...network, egress: 'endpoints' },
      identity: { ...identity, loginPages: false },
    }),
    'aws_ecs_service',
  );

  expect(service?.['network_configuration']).toMatchObject({
    security_groups: [expect.anything(), expect.anything(), expect.stringMatching(/endpoint/)],
  });
});

test('on the way down tasks stop before their door, their rights and their ways out go', () => {
  const [service] = resourcesOf(prod, 'aws_ecs_service');

  const first = new Set(service?.['depends_on'] as string[]);
  for (const type of [
    'aws_lb_listener',
    'aws_lb_listener_rule',
    'aws_iam_role_policy',
    'aws_vpc_security_group_ingress_rule',
    'aws_vpc_security_group_egress_rule',
    'aws_wafv2_web_acl_association',
  ]) {
    const names = Object.keys(prod.resource[type] ?? {});
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !first.has(`${type}.${name}`))).toEqual([]);
  }
});

test('says where the store is, and what to do now', () => {
  const said = Object.fromEntries(
    Object.entries(prod.output).map(([name, output]) => [name, output['value']]),
  );

  expect(said).toEqual({
    service_url: 'https://store.example.com',
    task_definition: expect.stringMatching(/^\$\{aws_ecs_task_definition\..*\.arn\}$/),
    service_name: expect.stringMatching(/^\$\{aws_ecs_service\..*\.name\}$/),
    cluster_name: expect.stringMatching(/-prod-network\.outputs\..*aws_ecs_cluster.*name\}$/),
    log_group: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.name\}$/),
    min_tasks: '2',
    repository_url: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/fargate-store',
    next: expect.stringMatching(
      /^\$\{\(data\.aws_ssm_parameter\..* == "none"\) \? "npm run release -- prod" : "curl https:\/\/store\.example\.com\/v1\/products"\}$/,
    ),
  });
});

test('a copy with a suffix shares no name with the first', () => {
  const namesOf = (stack: typeof dev) =>
    Object.values(stack.resource)
      .flatMap((resources) => Object.values(resources))
      .flatMap(({ name, family, bucket }) => [name, family, bucket])
      .filter((name) => typeof name === 'string' && !name.includes('${'));

  const copy = new Set(namesOf(serviceOf('dev', { suffix: 'copy' })));
  // The policy of a role is named within the role.
  expect(namesOf(dev).filter((name) => copy.has(name))).toEqual(['access', 'access']);
});
