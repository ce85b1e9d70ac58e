/** Subnets and the ways that their route tables have out of the network. */
import { asList, isBlock, isGiven, isTrue } from '../policies/attributes.ts';
import type { Attributes, Resource } from '../written/written-stack.ts';
import type { Family } from './ranges.ts';
import type { Placed } from '../written/program.ts';
import type { Reader } from './reader.ts';

/** What leads out: an internet gateway both ways, a NAT gateway only from inside. */
interface Exit {
  readonly family: Family;
  readonly kind: 'internet' | 'nat';
  /** The route. */
  readonly by: Placed;
}

export interface Subnet {
  readonly at: Placed;
  readonly vpc: Resource;
  readonly exits: readonly Exit[];
  /** Endpoints that its route table sends the addresses of a service to, such as those of S3. */
  readonly gateways: readonly Placed[];
}

/** How operators call them: public ones are reached from outside, isolated ones have no way out. */
export type SubnetKind = 'public' | 'private' | 'isolated';

export function kindOf({ exits, gateways }: Subnet): SubnetKind {
  if (exits.some(({ kind }) => kind === 'internet')) return 'public';
  return exits.length > 0 || gateways.length > 0 ? 'private' : 'isolated';
}

/** What a route says besides where it leads. */
const NO_TARGETS = new Set([
  'route_table_id',
  'destination_cidr_block',
  'destination_ipv6_cidr_block',
  'destination_prefix_list_id',
  'cidr_block',
  'ipv6_cidr_block',
  'timeouts',
  'depends_on',
  'lifecycle',
  'provider',
]);

export function readSubnets(reader: Reader): Map<Resource, Subnet> {
  const exits = readExits(reader);
  const gateways = readGateways(reader);
  const tables = readTables(reader);
  const subnets = new Map<Resource, Subnet>();
  for (const at of reader.ofType('aws_subnet')) {
    const [vpc] = reader.named(at, at.resource.attributes['vpc_id'], 'aws_vpc');
    if (vpc === undefined) continue;
    // Without a table of its own a subnet has the network's, which leads nowhere.
    const table = tables.get(at.resource);
    const of = <Each>(map: ReadonlyMap<Resource, Each[]>) =>
      table === undefined ? [] : (map.get(table) ?? []);
    subnets.set(at.resource, { at, vpc, exits: of(exits), gateways: of(gateways) });
  }
  return subnets;
}

function readTables(reader: Reader): Map<Resource, Resource> {
  const tables = new Map<Resource, Resource>();
  for (const at of reader.ofType('aws_route_table_association')) {
    const { attributes } = at.resource;
    const [table] = reader.named(at, attributes['route_table_id'], 'aws_route_table');
    const [subnet] = reader.named(at, attributes['subnet_id'], 'aws_subnet');
    if (table !== undefined && subnet !== undefined) tables.set(subnet, table);
  }
  return tables;
}

function readGateways(reader: Reader): Map<Resource, Placed[]> {
  const gateways = new Map<Resource, Placed[]>();
  for (const at of reader.ofType('aws_vpc_endpoint').filter(isGatewayEndpoint)) {
    const ids = at.resource.attributes['route_table_ids'];
    for (const table of reader.named(at, ids, 'aws_route_table')) add(gateways, table, at);
  }
  return gateways;
}

/** AWS's default is this kind. */
export function isGatewayEndpoint({ resource }: Placed): boolean {
  return (resource.attributes['vpc_endpoint_type'] ?? 'Gateway') === 'Gateway';
}

function readExits(reader: Reader): Map<Resource, Exit[]> {
  const exits = new Map<Resource, Exit[]>();
  for (const at of reader.ofType('aws_route')) {
    const { attributes } = at.resource;
    const exit = exitOf(reader, at, attributes);
    const [table] = reader.named(at, attributes['route_table_id'], 'aws_route_table');
    if (table !== undefined && exit !== undefined) add(exits, table, exit);
  }
  for (const at of reader.ofType('aws_route_table')) {
    for (const route of asList(at.resource.attributes['route']).filter(isGiven)) {
      const exit = isBlock(route) ? exitOf(reader, at, route) : unreadable(reader, at);
      if (exit !== undefined) add(exits, at.resource, exit);
    }
  }
  return exits;
}

function unreadable(reader: Reader, at: Placed): undefined {
  reader.refuse(at, 'has routes that are known to Terraform only: write each as an aws_route');
}

/** Each in words of its own; other targets are not known here, and refused. */
const EXITS: Readonly<Record<string, Pick<Exit, 'kind'> & { readonly through: string }>> = {
  gateway_id: { kind: 'internet', through: 'aws_internet_gateway' },
  nat_gateway_id: { kind: 'nat', through: 'aws_nat_gateway' },
  egress_only_gateway_id: { kind: 'nat', through: 'aws_egress_only_internet_gateway' },
};

function exitOf(reader: Reader, at: Placed, route: Attributes): Exit | undefined {
  const [name, value] = Object.entries(route).find((one) => isTarget(...one)) ?? ['nowhere', ''];
  const exit = EXITS[name];
  if (exit === undefined) {
    reader.refuse(
      at,
      `leads to ${name}, which is not known here: add it to stacks/reachability/subnets.ts`,
    );
    return undefined;
  }
  const [target] = reader.named(at, value, exit.through);
  // A private NAT gateway leads to other networks of one's own.
  const isPrivate = target?.attributes['connectivity_type'] === 'private';
  const isIpv6 = isGiven(route['destination_ipv6_cidr_block'] ?? route['ipv6_cidr_block']);
  if (target === undefined || isPrivate) return undefined;
  return { family: isIpv6 ? 6 : 4, kind: exit.kind, by: at };
}

function isTarget(name: string, value: unknown): boolean {
  return isGiven(value) && value !== '' && !NO_TARGETS.has(name);
}

function add<Each>(map: Map<Resource, Each[]>, key: Resource, value: Each): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

/** Whether what is put there gets a public address by itself. */
export function givesAddress({ at }: Subnet): boolean {
  return isTrue(at.resource.attributes['map_public_ip_on_launch']);
}
