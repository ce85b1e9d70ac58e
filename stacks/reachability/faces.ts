/** What has addresses in the network: which groups it wears, in which subnets, and whether publicly. */
import { asList, isGiven, isTrue, valuesAt } from '../policies/attributes.ts';
import type { Attributes, Resource } from '../written/written-stack.ts';
import { GROUPS } from './group-rules.ts';
import type { Placed } from '../written/program.ts';
import type { Reader } from './reader.ts';
import { givesAddress, isGatewayEndpoint, type Subnet } from './subnets.ts';

export interface Face {
  readonly at: Placed;
  readonly groups: readonly Resource[];
  readonly subnets: readonly Subnet[];
  /** Has an address that the internet can call, if routes lead there. */
  readonly isPublic: boolean;
  readonly hasIpv6: boolean;
}

interface Shape {
  /** As in the picture, before the path. */
  readonly word: string;
  /** Paths of attributes. */
  readonly groups: string;
  readonly subnets: string;
  /** The one that decides on a public address; the only face without one never has any. */
  readonly isPublic?: (attributes: Attributes) => unknown;
  /** May be outside of every network: then it names neither. */
  readonly mayBeOutside?: true;
}

const TASK = 'ecs_parameters.network_configuration';

const balancer: Shape = {
  word: 'load balancer',
  groups: 'security_groups',
  subnets: 'subnets',
  isPublic: ({ internal }) => !isTrue(internal),
};

/** A new type of what wears groups has its line here. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  aws_alb: balancer,
  aws_db_instance: {
    word: 'database',
    groups: 'vpc_security_group_ids',
    subnets: 'db_subnet_group_name',
    isPublic: (attributes) => attributes['publicly_accessible'],
  },
  aws_ecs_service: {
    word: 'tasks of',
    groups: 'network_configuration.security_groups',
    subnets: 'network_configuration.subnets',
    isPublic: (attributes) => valuesAt(attributes, 'network_configuration.assign_public_ip')[0],
  },
  aws_instance: {
    word: 'instance',
    groups: 'vpc_security_group_ids',
    subnets: 'subnet_id',
    isPublic: (attributes) => attributes['associate_public_ip_address'],
  },
  aws_lambda_function: {
    word: 'function',
    groups: 'vpc_config.security_group_ids',
    subnets: 'vpc_config.subnet_ids',
    mayBeOutside: true,
  },
  aws_lb: balancer,
  aws_scheduler_schedule: {
    word: 'tasks of',
    groups: `target.${TASK}.security_groups`,
    subnets: `target.${TASK}.subnets`,
    isPublic: (attributes) => valuesAt(attributes, `target.${TASK}.assign_public_ip`)[0],
    mayBeOutside: true,
  },
  aws_vpc_endpoint: {
    word: 'endpoint',
    groups: 'security_group_ids',
    subnets: 'subnet_ids',
  },
};

type Subnets = ReadonlyMap<Resource, Subnet>;

/** Every face but those of one-off tasks, which no resource has. */
export function readFaces(reader: Reader, subnets: Subnets): Face[] {
  return Object.entries(SHAPES).flatMap(([type, shape]) =>
    reader
      .ofType(type)
      .filter((at) => type !== 'aws_vpc_endpoint' || !isGatewayEndpoint(at))
      .flatMap((at) => faceOf(reader, subnets, at, shape) ?? []),
  );
}

function faceOf(reader: Reader, all: Subnets, at: Placed, shape: Shape): Face | undefined {
  const { attributes } = at.resource;
  const groups = valuesAt(attributes, shape.groups).filter(isGiven);
  const { subnets, subnetsAt } = subnetsOf(reader, at, shape);
  if (shape.mayBeOutside && groups.length === 0 && subnets.length === 0) return undefined;
  const face = place(reader, all, at, { groups, subnets, subnetsAt });
  if (face === undefined) return undefined;
  const said = shape.isPublic?.(attributes);
  const unsaid = at.resource.type === 'aws_instance' && face.subnets.some(givesAddress);
  // What only Terraform can work out may turn out as true.
  const isPublic = isGiven(said) ? !(said === false || said === 'false') : unsaid;
  return { ...face, isPublic, hasIpv6: mayHaveIpv6(at.resource, face.subnets) };
}

/** A copy of a database of this region is where that is, unless it says otherwise. */
function subnetsOf(reader: Reader, at: Placed, shape: Shape): Where {
  const { type, attributes } = at.resource;
  const subnets = valuesAt(attributes, shape.subnets).filter(isGiven);
  const own = { subnets, subnetsAt: at };
  const source = attributes['replicate_source_db'];
  if (subnets.length > 0 || type !== 'aws_db_instance' || !isGiven(source)) return own;
  const [original] = reader.named(at, source, type);
  const originalAt = reader.ofType(type).find(({ resource }) => resource === original);
  return originalAt === undefined ? own : subnetsOf(reader, originalAt, shape);
}

interface Where {
  readonly subnets: unknown[];
  /** What names them: of a copy its original. */
  readonly subnetsAt: Placed;
}

interface Names {
  readonly groups: unknown;
  readonly subnets: unknown;
  /** @default what has the groups */
  readonly subnetsAt?: Placed;
}

/** A face without public addresses, wherever its groups and subnets are named. */
export function place(reader: Reader, all: Subnets, at: Placed, names: Names): Face | undefined {
  const groups = reader.named(at, names.groups, ...GROUPS);
  const subnets = reader
    .named(names.subnetsAt ?? at, names.subnets, 'aws_subnet', 'aws_db_subnet_group')
    .flatMap((one) => (one.type === 'aws_subnet' ? [one] : membersOf(reader, one)))
    .flatMap((one) => all.get(one) ?? []);
  if (asList(names.groups).length === 0) {
    reader.refuse(
      at,
      `names no security group, so AWS gives it the network's own: name its groups`,
    );
  }
  if (asList(names.subnets).length === 0) {
    reader.refuse(at, 'names no subnet, so AWS takes one of its own network: name its subnets');
  }
  if (groups.length === 0 || subnets.length === 0) return undefined;
  return { at, groups, subnets, isPublic: false, hasIpv6: false };
}

function membersOf(reader: Reader, group: Resource): Resource[] {
  const at = reader.ofType(group.type).find(({ resource }) => resource === group);
  return at === undefined ? [] : reader.named(at, group.attributes['subnet_ids'], 'aws_subnet');
}

/** A load balancer says so; anything else gets an address where its subnet has a range. */
function mayHaveIpv6({ type, attributes }: Resource, subnets: readonly Subnet[]): boolean {
  if (SHAPES[type] === balancer) return attributes['ip_address_type'] === 'dualstack';
  return subnets.some(({ at }) => isGiven(at.resource.attributes['ipv6_cidr_block']));
}
