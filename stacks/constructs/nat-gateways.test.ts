import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf, type Synthesised } from '../testing/synthesise.ts';
import { NatGateways } from './nat-gateways.ts';
import { Vpc } from './vpc.ts';

const place = anEnvironment();

function synthesised(perZone: boolean, zones = ['a', 'b', 'c']): Synthesised {
  const json = Testing.synthScope((scope) => {
    const vpc = new Vpc(scope, 'vpc', { place, cidr: '10.0.0.0/16', zones });
    new NatGateways(scope, 'nat', { place, vpc, perZone });
  });
  return JSON.parse(json) as Synthesised;
}

/** Zones by the zone whose gateway they use: `{ a: 'a', b: 'a' }`. */
function gatewayByZone(network: Synthesised) {
  const routes = resourcesOf(network, 'aws_route').filter((route) => 'nat_gateway_id' in route);
  const pairs = routes.map((route) => {
    expect(route['destination_cidr_block']).toBe('0.0.0.0/0');
    return [
      /private-([a-f])-routes/.exec(String(route['route_table_id']))?.[1],
      /gateway-([a-f])_/.exec(String(route['nat_gateway_id']))?.[1],
    ] as const;
  });
  return Object.fromEntries(pairs) as unknown;
}

test('one gateway in the first zone serves all of them', () => {
  const network = synthesised(false);

  expect(resourcesOf(network, 'aws_nat_gateway')).toHaveLength(1);
  expect(resourcesOf(network, 'aws_eip')).toHaveLength(1);
  expect(gatewayByZone(network)).toEqual({ a: 'a', b: 'a', c: 'a' });
});

test('with a gateway per zone no zone depends on another', () => {
  const network = synthesised(true);

  expect(resourcesOf(network, 'aws_nat_gateway')).toHaveLength(3);
  expect(resourcesOf(network, 'aws_eip')).toHaveLength(3);
  expect(gatewayByZone(network)).toEqual({ a: 'a', b: 'b', c: 'c' });
});

test('gateways are in the public subnet of their zone', () => {
  const gateways = resourcesOf(synthesised(true), 'aws_nat_gateway');

  expect(gateways.map(({ tags, subnet_id: subnet }) => [tags, subnet])).toEqual(
    ['a', 'b', 'c'].map((zone) => [
      { Name: `fargate-store-dev-nat-${zone}` },
      expect.stringMatching(new RegExp(`public-${zone}_`)),
    ]),
  );
});

test('gateways and addresses come after the internet gateway', () => {
  const network = synthesised(false);

  const waiting = [
    ...resourcesOf(network, 'aws_nat_gateway'),
    ...resourcesOf(network, 'aws_eip'),
  ].map((resource) => resource['depends_on']);

  expect(waiting).toEqual([
    [expect.stringMatching(/^aws_internet_gateway\./)],
    [expect.stringMatching(/^aws_internet_gateway\./)],
  ]);
});

test('going from one gateway to one per zone keeps the first and its address', () => {
  const before = synthesised(false).resource;

  const after = synthesised(true).resource;

  expect(after['aws_nat_gateway']).toMatchObject({ ...before['aws_nat_gateway'] });
  expect(after['aws_eip']).toMatchObject({ ...before['aws_eip'] });
});
