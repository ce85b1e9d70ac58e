import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
import { Vpc as AwsVpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf, type Synthesised } from '../testing/synthesise.ts';
import { Vpc } from './vpc.ts';

const place = anEnvironment();

function synthesised(zones: readonly string[] = ['a', 'b']): string {
  return Testing.synthScope(
    (scope) => new Vpc(scope, 'vpc', { place, cidr: '10.0.0.0/16', zones }),
  );
}

function vpcWith(zones?: readonly string[]): Synthesised {
  return JSON.parse(synthesised(zones)) as Synthesised;
}

/** The reference to the resource that has this name in the console. */
function named({ resource }: Synthesised, type: string, name: string): string {
  const found = Object.entries(resource[type] ?? {}).filter(
    ([, { tags }]) => (tags as { Name: string }).Name === `fargate-store-dev-${name}`,
  );
  expect(found).toHaveLength(1);
  return `\${${type}.${found[0]?.[0]}.id}`;
}

/** Where packets of these subnets go beyond the VPC. */
function waysOut(vpc: Synthesised, subnet: string): unknown[] {
  const subnetId = named(vpc, 'aws_subnet', subnet);
  const tables = resourcesOf(vpc, 'aws_route_table_association')
    .filter((association) => association['subnet_id'] === subnetId)
    .map((association) => association['route_table_id']);
  expect(tables).toHaveLength(1);
  return resourcesOf(vpc, 'aws_route')
    .filter((route) => tables.includes(route['route_table_id']))
    .map((route) => route['destination_cidr_block'] ?? route['destination_ipv6_cidr_block']);
}

test('resolves private names and has addresses of both families', () => {
  expect(synthesised()).toHaveResourceWithProperties(AwsVpc, {
    cidr_block: '10.0.0.0/16',
    assign_generated_ipv6_cidr_block: true,
    enable_dns_support: true,
    enable_dns_hostnames: true,
  });
});

test('each zone has a public, a private and an isolated subnet', () => {
  const subnets = resourcesOf(vpcWith(['a', 'c']), 'aws_subnet');

  expect(
    subnets.map(({ tags, availability_zone: zone, cidr_block: range }) => [tags, zone, range]),
  ).toEqual([
    [{ Name: 'fargate-store-dev-isolated-a' }, 'eu-central-1a', '10.0.224.0/21'],
    [{ Name: 'fargate-store-dev-isolated-c' }, 'eu-central-1c', '10.0.232.0/21'],
    [{ Name: 'fargate-store-dev-private-a' }, 'eu-central-1a', '10.0.0.0/18'],
    [{ Name: 'fargate-store-dev-private-c' }, 'eu-central-1c', '10.0.64.0/18'],
    [{ Name: 'fargate-store-dev-public-a' }, 'eu-central-1a', '10.0.192.0/21'],
    [{ Name: 'fargate-store-dev-public-c' }, 'eu-central-1c', '10.0.200.0/21'],
  ]);
});

test('nothing gets a public address by default', () => {
  const subnets = resourcesOf(vpcWith(), 'aws_subnet');

  for (const subnet of subnets) {
    expect(subnet['map_public_ip_on_launch']).toBe(false);
    expect(subnet['assign_ipv6_address_on_creation'] ?? false).toBe(false);
  }
});

test('only public subnets have IPv6, each a range of its own', () => {
  const vpc = vpcWith();
  const ranges = resourcesOf(vpc, 'aws_subnet')
    .filter((subnet) => subnet['ipv6_cidr_block'] !== undefined)
    .map(({ tags, ipv6_cidr_block: range }) => [tags, range]);

  const [id] = Object.keys(vpc.resource['aws_vpc'] ?? {});
  const block = `aws_vpc.${id}.ipv6_cidr_block`;
  expect(ranges).toEqual([
    [{ Name: 'fargate-store-dev-public-a' }, `\${cidrsubnet(${block}, 8, 0)}`],
    [{ Name: 'fargate-store-dev-public-b' }, `\${cidrsubnet(${block}, 8, 1)}`],
  ]);
});

test('only public subnets reach the internet', () => {
  const vpc = vpcWith();

  for (const zone of ['a', 'b']) {
    expect(waysOut(vpc, `public-${zone}`)).toEqual(['0.0.0.0/0', '::/0']);
    expect(waysOut(vpc, `private-${zone}`)).toEqual([]);
    expect(waysOut(vpc, `isolated-${zone}`)).toEqual([]);
  }
});

test('the default security group lets nothing through, whoever adds a rule by hand', () => {
  expect(synthesised()).toHaveResourceWithProperties(DefaultSecurityGroup, {
    ingress: [],
    egress: [],
  });
});

test('tasks of every zone reach S3 without a NAT gateway, and data does not', () => {
  const vpc = vpcWith();

  expect(JSON.stringify(vpc)).toHaveResourceWithProperties(VpcEndpoint, {
    vpc_endpoint_type: 'Gateway',
    service_name: 'com.amazonaws.eu-central-1.s3',
    route_table_ids: ['private-a', 'private-b'].map((name) => named(vpc, 'aws_route_table', name)),
  });
});

test('a third zone changes nothing that the first two have', () => {
  const before = vpcWith(['a', 'b']).resource;

  const after = vpcWith(['a', 'b', 'c']).resource;

  for (const type of ['aws_vpc', 'aws_subnet', 'aws_route_table', 'aws_route_table_association']) {
    const kept = Object.keys(before[type] ?? {}).map((id) => [id, after[type]?.[id]]);
    expect(kept.length).toBeGreaterThan(0);
    expect(Object.fromEntries(kept)).toEqual(before[type]);
  }
});
