/** Where packets of a subnet go that leave the VPC, by the routes that the program writes. */
import { asList, isBlock, isGiven } from './attributes.ts';
import type { Program, Target } from '../written/program.ts';
import type { Attributes, Resource, WrittenStack } from '../written/written-stack.ts';

interface Route {
  /** The whole internet, of IPv4 or of IPv6. */
  readonly isDefault: boolean;
  /** `nat` and `egress-only` let nobody in; `other` leads to other networks of ours. */
  readonly by: 'internet' | 'nat' | 'egress-only' | 'other';
}

export interface Routing {
  readonly table: Resource;
  readonly routes: readonly Route[];
}

const EVERYWHERE = new Set<unknown>(['0.0.0.0/0', '::/0']);

/** Ways out of a subnet. @returns undefined where the program gives it no route table of its own */
export function routingOf(program: Program, subnet: Target): Routing | undefined {
  const table = tableOf(program, subnet.resource);
  if (table === undefined) return undefined;
  const inline = asList(table.resource.attributes['route'])
    .filter(isBlock)
    .map((route) => routeOf(program, table.stack, route));
  const routes = program
    .ofType('aws_route')
    .filter(({ stack, resource }) =>
      isTo(program, stack, resource.attributes['route_table_id'], table.resource),
    )
    .map(({ stack, resource }) => routeOf(program, stack, resource.attributes));
  return { table: table.resource, routes: [...inline, ...routes] };
}

function tableOf(program: Program, subnet: Resource): Target | undefined {
  const association = program
    .ofType('aws_route_table_association')
    .find(({ stack, resource }) => isTo(program, stack, resource.attributes['subnet_id'], subnet));
  if (association === undefined) return undefined;
  const { stack, resource } = association;
  return program.targetOf(stack, resource.attributes['route_table_id']);
}

function routeOf(program: Program, stack: WrittenStack, route: Attributes): Route {
  const destination =
    route['destination_cidr_block'] ??
    route['destination_ipv6_cidr_block'] ??
    route['cidr_block'] ??
    route['ipv6_cidr_block'];
  return { isDefault: EVERYWHERE.has(destination), by: wayOf(program, stack, route) };
}

function wayOf(program: Program, stack: WrittenStack, route: Attributes): Route['by'] {
  if (isGiven(route['nat_gateway_id'])) return 'nat';
  if (isGiven(route['egress_only_gateway_id'])) return 'egress-only';
  const gateway = route['gateway_id'];
  if (!isGiven(gateway) || gateway === 'local') return 'other';
  const type = program.targetOf(stack, gateway)?.resource.type ?? 'aws_internet_gateway';
  // What is not known to be another may be one.
  return type === 'aws_internet_gateway' ? 'internet' : 'other';
}

/** Whether a value names this resource. */
export function isTo(
  program: Program,
  stack: WrittenStack,
  value: unknown,
  resource: Resource,
): boolean {
  return program.targetsIn(stack, value).some((target) => target.resource === resource);
}
