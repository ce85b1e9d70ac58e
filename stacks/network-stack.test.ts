import { ResourcegroupsGroup } from '@cdktf/provider-aws/lib/resourcegroups-group/index.js';
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter/index.js';
import { TerraformOutput, Testing } from 'cdktf';
import { NetworkStack } from './network-stack.ts';
import type { Egress } from './settings.ts';
import { anEnvironment } from './testing/places.ts';
import { resourcesOf, type Synthesised, synthesise } from './testing/synthesise.ts';

const EGRESSES: readonly Egress[] = ['nat-single', 'nat-per-zone', 'endpoints'];

function aNetwork(egress: Egress = 'nat-single', zones = ['a', 'b', 'c']): NetworkStack {
  const network = { cidr: '10.0.0.0/16', zones, egress, flowLogDays: 7 } as const;
  return new NetworkStack(Testing.app(), anEnvironment('dev', { network }));
}

function synthesised(egress?: Egress, zones?: string[]): Synthesised {
  return synthesise(aNetwork(egress, zones));
}

function count(network: Synthesised, type: string): number {
  return resourcesOf(network, type).length;
}

test.each([
  { egress: 'nat-single', gateways: 1, interfaceEndpoints: 0 },
  { egress: 'nat-per-zone', gateways: 3, interfaceEndpoints: 0 },
  { egress: 'endpoints', gateways: 0, interfaceEndpoints: 6 },
] as const)('$egress builds its way out and no other', (expected) => {
  const network = synthesised(expected.egress);

  expect(count(network, 'aws_nat_gateway')).toBe(expected.gateways);
  expect(count(network, 'aws_eip')).toBe(expected.gateways);
  // S3 has an endpoint always.
  expect(count(network, 'aws_vpc_endpoint')).toBe(expected.interfaceEndpoints + 1);
  expect(network.output['nat_addresses']?.['value']).toHaveLength(expected.gateways);
});

test('with endpoints no private subnet has a route to the internet', () => {
  const routes = resourcesOf(synthesised('endpoints'), 'aws_route');

  expect(routes.map((route) => route['route_table_id'])).toEqual([
    expect.stringMatching(/public-routes/),
    expect.stringMatching(/public-routes/),
  ]);
});

test('only with endpoints is there a group to wear for them', () => {
  expect(aNetwork('endpoints').endpointClientId).toBeDefined();
  expect(aNetwork('nat-single').endpointClientId).toBeUndefined();
});

test('the group that tasks may still wear outlives a change of egress', () => {
  const [before, ...others] = EGRESSES.map((egress) => synthesised(egress).resource);

  for (const after of others) {
    expect(after['aws_security_group']).toMatchObject({ ...before?.['aws_security_group'] });
  }
  expect(Object.keys(before?.['aws_security_group'] ?? {})).toHaveLength(1);
});

test('another egress replaces neither the VPC nor a subnet nor a route table', () => {
  const [before, ...others] = EGRESSES.map((egress) => synthesised(egress).resource);

  for (const type of ['aws_vpc', 'aws_subnet', 'aws_route_table', 'aws_route_table_association']) {
    expect(before?.[type]).toBeDefined();
    for (const after of others) expect(after[type]).toEqual(before?.[type]);
  }
});

test('other stacks get the subnets of each kind, in the order of the zones', () => {
  const network = aNetwork();
  const value = [network.publicSubnetIds, network.privateSubnetIds, network.isolatedSubnetIds];
  new TerraformOutput(network, 'subnets', { value });

  const { output } = synthesise(network);

  expect(output['subnets']?.['value']).toEqual(
    ['public', 'private', 'isolated'].map((kind) =>
      ['a', 'b', 'c'].map((zone) => expect.stringContaining(`aws_subnet.vpc_${kind}-${zone}_`)),
    ),
  );
});

test('no image is released at first, and no apply forgets the released one', () => {
  const network = JSON.stringify(synthesised());

  expect(network).toHaveResourceWithProperties(SsmParameter, {
    name: '/fargate-store/dev/image-digest',
    type: 'String',
    insecure_value: 'none',
    lifecycle: { ignore_changes: ['insecure_value', 'value', 'allowed_pattern'] },
  });
});

test('nothing but a digest can be recorded as the released image', () => {
  const pattern = resourcesOf(synthesised(), 'aws_ssm_parameter')
    .map((parameter) => parameter['allowed_pattern'])
    .find((allowed) => typeof allowed === 'string');
  const allowed = new RegExp(pattern ?? '');

  expect('none').toMatch(allowed);
  expect(`sha256:${'0a'.repeat(32)}`).toMatch(allowed);
  expect('latest').not.toMatch(allowed);
  expect(`sha256:${'0a'.repeat(31)}`).not.toMatch(allowed);
});

test('the shop starts with the defaults of the service, and no apply takes its settings back', () => {
  expect(JSON.stringify(synthesised())).toHaveResourceWithProperties(SsmParameter, {
    name: '/fargate-store/dev/settings',
    type: 'String',
    insecure_value: '{}',
    lifecycle: { ignore_changes: ['insecure_value', 'value', 'allowed_pattern'] },
  });
});

test('everything of the environment, and of no other, is on one page', () => {
  const query = JSON.stringify({
    ResourceTypeFilters: ['AWS::AllSupported'],
    TagFilters: [
      { Key: 'Project', Values: ['fargate-store'] },
      { Key: 'Environment', Values: ['dev'] },
    ],
  });

  expect(JSON.stringify(synthesised())).toHaveResourceWithProperties(ResourcegroupsGroup, {
    name: 'fargate-store-dev',
    resource_query: { query },
  });
});

test('says what people look for', () => {
  expect(Object.keys(synthesised().output).toSorted()).toEqual([
    'cluster_name',
    'image_digest_parameter',
    'nat_addresses',
    'resource_group',
    'settings_parameter',
    'vpc_id',
  ]);
});
