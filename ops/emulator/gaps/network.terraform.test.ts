import type { Emulator } from '../emulator.ts';
import { type Both, startBoth } from '../testing/both.ts';

let both: Both;

beforeAll(async () => {
  both = await startBoth();
});

afterAll(() => both.stop());

/** EC2 takes forms and answers XML; the root's keys need no signature. @returns the answer's text */
async function ec2(
  { endpoint, environment }: Emulator,
  Action: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { AWS_ACCESS_KEY_ID: id = '', AWS_REGION: region = '' } = environment;
  const scope = `${id}/20260101/${region}/ec2/aws4_request`;
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ Action, Version: '2016-11-15', ...more }),
  });
  return answer.text();
}

function valueOf(tag: string, xml: string): string {
  return new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(xml)?.[1] ?? '';
}

async function aVpc(emulator: Emulator): Promise<string> {
  return valueOf(
    'vpcId',
    await ec2(emulator, 'CreateVpc', {
      CidrBlock: '10.0.0.0/16',
      AmazonProvidedIpv6CidrBlock: 'true',
    }),
  );
}

test('a network and its subnets have IPv6 blocks, and are found by them', async () => {
  const blocks = async (emulator: Emulator) => {
    const VpcId = await aVpc(emulator);
    const Ipv6CidrBlock = '2a05:d014:1:1::/64';
    const subnet = { VpcId, CidrBlock: '10.0.0.0/24', Ipv6CidrBlock };
    const made = await ec2(emulator, 'CreateSubnet', subnet);
    const vpc = await ec2(emulator, 'DescribeVpcs', { 'VpcId.1': VpcId });
    const found = await ec2(emulator, 'DescribeVpcs', {
      'Filter.1.Name': 'ipv6-cidr-block-association.association-id',
      'Filter.1.Value.1': valueOf('associationId', vpc.split('<ipv6CidrBlock>')[1] ?? '') || 'none',
    });
    return [
      valueOf('ipv6CidrBlock', vpc).endsWith('::/56'),
      valueOf('ipv6CidrBlock', made),
      valueOf('vpcId', found) === VpcId,
    ];
  };

  expect(await blocks(both.filled)).toEqual([true, '2a05:d014:1:1::/64', true]);
  expect(await blocks(both.plain)).not.toContain(true);
});

test('a route to IPv6 is made, shown and taken away', async () => {
  const routes = async (emulator: Emulator) => {
    const VpcId = await aVpc(emulator);
    const RouteTableId = valueOf(
      'routeTableId',
      await ec2(emulator, 'CreateRouteTable', { VpcId }),
    );
    const route = { RouteTableId, DestinationIpv6CidrBlock: '::/0' };
    await ec2(emulator, 'CreateRoute', { ...route, GatewayId: 'igw-1' });
    const table = { 'RouteTableId.1': RouteTableId };
    const shown = await ec2(emulator, 'DescribeRouteTables', table);
    await ec2(emulator, 'DeleteRoute', route);
    const after = await ec2(emulator, 'DescribeRouteTables', table);
    return [shown, after].map((xml) => valueOf('destinationIpv6CidrBlock', xml));
  };

  expect(await routes(both.filled)).toEqual(['::/0', '']);
  expect(await routes(both.plain)).not.toEqual(['::/0', '']);
});

test('a flow log tells what it was made with', async () => {
  const flowLog = async (emulator: Emulator) => {
    await ec2(emulator, 'CreateFlowLogs', {
      'ResourceId.1': await aVpc(emulator),
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      DeliverLogsPermissionArn: 'arn:aws:iam::123456789012:role/flow-log',
      MaxAggregationInterval: '600',
    });
    const shown = await ec2(emulator, 'DescribeFlowLogs');
    return ['deliverLogsPermissionArn', 'maxAggregationInterval'].map((tag) => valueOf(tag, shown));
  };

  expect(await flowLog(both.filled)).toEqual(['arn:aws:iam::123456789012:role/flow-log', '600']);
  expect(await flowLog(both.plain)).not.toContain('600');
});
