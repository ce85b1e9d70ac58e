import { onStandIns } from './provisional.ts';
import { neededFirst } from './upstream.ts';
import type { Upstream } from './written.ts';

const PLACE = { accountId: '123456789012', region: 'eu-central-1' };

const create = (after: unknown, unknown: unknown = false) => ({
  actions: ['create'],
  after,
  after_unknown: unknown,
});

const network: Upstream = {
  stack: 'dev-network',
  written: {
    output: {
      subnet: { value: '${aws_subnet.private-a.id}' },
      subnets: { value: ['${aws_subnet.private-a.id}', '${aws_subnet.private-b.id}'] },
      key: { value: '${aws_kms_key.key.arn}' },
      door: { value: 'https://${aws_lb.lb.dns_name}/' },
      name: { value: '${aws_ecs_cluster.cluster.name}' },
    },
  },
  shown: {
    terraform_version: '1.14.0',
    applyable: true,
    output_changes: {
      subnet: create(undefined, true),
      subnets: create([null, null], [true, true]),
      key: create(undefined, true),
      door: create(undefined, true),
      name: create('store-dev'),
    },
    resource_changes: [
      {
        type: 'aws_ssm_parameter',
        change: create({ name: '/dev/digest', insecure_value: 'none' }),
      },
    ],
  },
};

const read = (output: string) =>
  `\${data.terraform_remote_state.cross-stack-reference-input-dev-network.outputs.${output}}`;

const reader = (input: unknown) =>
  JSON.stringify({
    data: {
      terraform_remote_state: {
        'cross-stack-reference-input-dev-network': { backend: 's3', config: {} },
      },
      aws_ssm_parameter: { image: { name: '/dev/digest' } },
    },
    resource: { terraform_data: { it: { input } } },
  });

function outputsOf(input: unknown): Record<string, { value: unknown; type: unknown }> {
  const { states } = onStandIns(reader(input), { ...PLACE, folder: '/tmp', upstream: [network] });
  const [state = '{}'] = Object.values(states);
  return (JSON.parse(state) as { outputs: Record<string, { value: unknown; type: unknown }> })
    .outputs;
}

test('what is known is taken, and the rest is well-formed', () => {
  const names = ['name', 'subnet', 'key', 'door'];

  const outputs = outputsOf(names.map(read));

  expect(outputs).toMatchObject({
    name: { value: 'store-dev', type: 'string' },
    subnet: { value: 'subnet-00000000000000001' },
    key: {
      value: 'arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000003',
    },
    door: { value: 'https://stand-in-4.eu-central-1.example/' },
  });
});

test('two of a kind are not taken for one', () => {
  const { subnets } = outputsOf(read('subnets'));

  expect(subnets).toEqual({
    value: ['subnet-00000000000000001', 'subnet-00000000000000002'],
    type: ['tuple', ['string', 'string']],
  });
});

test('a parameter that AWS does not know yet has the value that it will have', () => {
  const input = '${data.aws_ssm_parameter.image.insecure_value == "none" ? 0 : 1}';

  const { text } = onStandIns(reader(input), { ...PLACE, folder: '/tmp', upstream: [network] });

  expect(JSON.parse(text)).toMatchObject({
    locals: { image_insecure_value: 'none' },
    resource: {
      terraform_data: { it: { input: '${local.image_insecure_value == "none" ? 0 : 1}' } },
    },
  });
  expect(text).not.toContain('"aws_ssm_parameter"');
});

test('a stack needs those first whose outputs change that it reads', () => {
  const applied: Upstream = {
    ...network,
    shown: { ...network.shown, output_changes: {}, resource_changes: [] },
  };

  expect(neededFirst(reader(read('name')), [network])).toEqual(['dev-network']);
  expect(neededFirst(reader(read('name')), [applied])).toEqual([]);
});
