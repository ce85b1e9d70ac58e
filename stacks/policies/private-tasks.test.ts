import { add, refusalOf } from '../testing/refusal.ts';
import { addNetwork, subnet } from '../testing/some-network.ts';
import { privateTasks } from './private-tasks.ts';

const RUNS = {
  aws_ecs_service: (network: object) => ({ task_definition: 'it', network_configuration: network }),
  aws_scheduler_schedule: (network: object) => ({
    target: { ecs_parameters: { task_definition_arn: 'it', network_configuration: network } },
  }),
  aws_cloudwatch_event_target: (network: object) => ({
    ecs_target: [{ task_definition_arn: 'it', network_configuration: [network] }],
  }),
};

const types = Object.keys(RUNS) as (keyof typeof RUNS)[];

function refusal(type: keyof typeof RUNS, subnets: readonly string[]): string {
  return refusalOf(privateTasks, (stack) => {
    addNetwork(stack, { open: 'gateway_id', private: 'nat_gateway_id', closed: undefined });
    add(stack, 'aws_subnet', 'loose');
    add(stack, type, 'it', RUNS[type]({ subnets }));
  });
}

describe.each(types)('%s', (type) => {
  test('refuses tasks in a subnet with a route to the internet gateway', () => {
    expect(refusal(type, [subnet('private'), subnet('open')])).toContain(
      `[stack/it] ${type} runs tasks in stack/open, which has a route to an internet gateway: name private subnets`,
    );
  });

  test('refuses tasks without subnets', () => {
    expect(refusal(type, [])).toContain('says no subnets: set networkConfiguration');
  });

  test('keeps tasks in private subnets', () => {
    expect(refusal(type, [subnet('private'), subnet('closed')])).toBe('');
  });
});

test.each([
  ['subnet-1', 'whose routes nobody can see here: name a subnet of this program'],
  [subnet('loose'), 'which has no route table: add an association with one'],
])('refuses %s, whose routes are not known', (name, words) => {
  expect(refusal('aws_ecs_service', [name])).toContain(words);
});

test('a schedule that starts no task is not asked', () => {
  const said = refusalOf(privateTasks, (stack) =>
    add(stack, 'aws_scheduler_schedule', 'it', { target: { arn: 'arn:aws:sqs:x:1:y' } }),
  );

  expect(said).toBe('');
});

test('routes that are written into their table are seen', () => {
  const said = refusalOf(privateTasks, (stack) => {
    add(stack, 'aws_subnet', 'inline');
    const route = [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }];
    add(stack, 'aws_route_table', 'routes', { route });
    const route_table_id = '${aws_route_table.routes.id}';
    add(stack, 'aws_route_table_association', 'ours', {
      subnet_id: subnet('inline'),
      route_table_id,
    });
    add(stack, 'aws_ecs_service', 'it', RUNS.aws_ecs_service({ subnets: [subnet('inline')] }));
  });

  expect(said).toContain('runs tasks in stack/inline, which has a route to an internet gateway');
});
