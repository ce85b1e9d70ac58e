/** What is left of the networks. The emulator never forgets a tag, so each tagged thing is looked for. */
import { PROJECT } from '../../contract.ts';
import { askQuery, type Place } from './aws-question.ts';

/** By the beginning of an id: what EC2 is asked, and under which name it takes the id. */
const QUESTIONS: Readonly<Record<string, readonly [action: string, parameter: string]>> = {
  vpc: ['DescribeVpcs', 'VpcId.1'],
  subnet: ['DescribeSubnets', 'SubnetId.1'],
  rtb: ['DescribeRouteTables', 'RouteTableId.1'],
  igw: ['DescribeInternetGateways', 'InternetGatewayId.1'],
  eigw: ['DescribeEgressOnlyInternetGateways', 'EgressOnlyInternetGatewayId.1'],
  nat: ['DescribeNatGateways', 'NatGatewayId.1'],
  eipalloc: ['DescribeAddresses', 'AllocationId.1'],
  sg: ['DescribeSecurityGroups', 'GroupId.1'],
  sgr: ['DescribeSecurityGroupRules', 'SecurityGroupRuleId.1'],
  eni: ['DescribeNetworkInterfaces', 'NetworkInterfaceId.1'],
  vpce: ['DescribeVpcEndpoints', 'VpcEndpointId.1'],
  fl: ['DescribeFlowLogs', 'FlowLogId.1'],
};

const VERSION = '2016-11-15';

/** @returns ids of everything that bears our tag and is there. @throws Error when EC2 does not answer */
export async function networkLeftovers(place: Place): Promise<string[]> {
  const xml = await askQuery(place, 'ec2', {
    Action: 'DescribeTags',
    Version: VERSION,
    'Filter.1.Name': 'key',
    'Filter.1.Value.1': 'Project',
    'Filter.2.Name': 'value',
    'Filter.2.Value.1': PROJECT,
  });
  const ids = Array.from(xml.matchAll(/<resourceId>([^<]+)</g), ([, id = '']) => id);
  const found = await Promise.all(ids.map(async (id) => ((await isThere(place, id)) ? [id] : [])));
  return found.flat();
}

async function isThere(place: Place, id: string): Promise<boolean> {
  const question = QUESTIONS[id.slice(0, id.indexOf('-'))];
  // Nobody has thought of it: better once too often than overlooked.
  if (question === undefined) return true;
  const [Action, parameter] = question;
  try {
    const xml = await askQuery(place, 'ec2', { Action, Version: VERSION, [parameter]: id });
    // A gateway that is deleted is shown for a while.
    return xml.includes(id) && !/<state>deleted</.test(xml);
  } catch (error) {
    if (/NotFound/.test((error as Error).message)) return false;
    throw error;
  }
}
