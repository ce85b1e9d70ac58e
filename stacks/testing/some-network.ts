/** A network in Terraform's words: subnets by what their default route leads to. */
import type { TerraformStack } from 'cdktf';
import { add } from './refusal.ts';

/** Names of subnets, and the default route of each: none, or an argument of it. */
type Subnets = Readonly<Record<string, string | undefined>>;

export function addNetwork(stack: TerraformStack, subnets: Subnets): void {
  add(stack, 'aws_vpc', 'vpc');
  add(stack, 'aws_internet_gateway', 'internet');
  for (const [name, way] of Object.entries(subnets)) {
    add(stack, 'aws_subnet', name, { vpc_id: '${aws_vpc.vpc.id}' });
    add(stack, 'aws_route_table', `${name}-routes`);
    const route_table_id = `\${aws_route_table.${name}-routes.id}`;
    add(stack, 'aws_route_table_association', `${name}-association`, {
      subnet_id: subnet(name),
      route_table_id,
    });
    if (way === undefined) continue;
    const route = { route_table_id, destination_cidr_block: '0.0.0.0/0', [way]: WAYS[way] ?? 'x' };
    add(stack, 'aws_route', `${name}-route`, route);
  }
}

const WAYS: Readonly<Record<string, string>> = {
  gateway_id: '${aws_internet_gateway.internet.id}',
  nat_gateway_id: 'nat-1',
};

export function subnet(name: string): string {
  return `\${aws_subnet.${name}.id}`;
}
