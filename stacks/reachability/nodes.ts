/** The points of the picture: what operators know by name, made of what has addresses. */
import { isInFrontDoor } from '../policies/front-door.ts';
import { valuesAt } from '../policies/attributes.ts';
import type { Resource } from '../written/written-stack.ts';
import { type Face, readFaces, SHAPES } from './faces.ts';
import { definitionOf, type OneOffTask, readOneOffTasks, refuseUnplaced } from './one-off-tasks.ts';
import type { Placed } from '../written/program.ts';
import type { Reader } from './reader.ts';
import { isGatewayEndpoint, type Subnet } from './subnets.ts';

/** As a request goes. */
const KINDS = [
  'internet',
  'door',
  'service',
  'one-off',
  'other',
  'database',
  'endpoints',
  'gateway',
  'outside',
] as const;

export type Kind = (typeof KINDS)[number];

export interface Node {
  readonly kind: Kind;
  /** As operators call it; with its path where there is none or several of them. */
  readonly label: string;
  readonly vpc: Resource;
  /** None: outside of the network. */
  readonly faces: readonly Face[];
  /** Of a gateway endpoint. */
  readonly gateway?: Resource;
}

export function inOrder(one: Node, other: Node): number {
  return KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind);
}

/** All but the internet, which is only there where a way leads to or from it. */
export function readNodes(reader: Reader, subnets: ReadonlyMap<Resource, Subnet>): Node[] {
  const tasks = readOneOffTasks(reader, subnets);
  const faces = readFaces(reader, subnets);
  const runs = new Map(faces.map((face) => [face, definitionOf(reader, face)]));
  refuseUnplaced(reader, new Set([...runs.values(), ...tasks.map((task) => task.definition)]));

  const scheduled = faces
    .filter(({ at }) => at.resource.type !== 'aws_ecs_service')
    .flatMap((face) =>
      tasks
        .filter(({ definition }) => definition === runs.get(face))
        .map(({ purpose, definition }) => ({ purpose, definition, face })),
    );
  const own = new Set(scheduled.map(({ face }) => face));
  const standing = faces.filter((face) => !own.has(face)).map((face) => nodeOf(reader, face));
  const nodes = [
    ...named(joined(standing)),
    ...oneOffNodes([...tasks, ...scheduled]),
    ...gatewayNodes(reader, subnets),
  ];
  return nodes.toSorted(inOrder);
}

function nodeOf(reader: Reader, face: Face): Node {
  const kind = kindOf(reader, face.at);
  return { kind, label: kind, vpc: vpcOf(face), faces: [face] };
}

function vpcOf({ subnets }: Face): Resource {
  return (subnets[0] as Subnet).vpc;
}

function kindOf(reader: Reader, at: Placed): Kind {
  const { type, attributes, construct } = at.resource;
  if (type === 'aws_vpc_endpoint') return 'endpoints';
  if (type === 'aws_db_instance') return 'database';
  if (SHAPES[type]?.word === 'load balancer') return isInFrontDoor(construct) ? 'door' : 'other';
  if (type !== 'aws_ecs_service') return 'other';
  // The one that answers the door's requests; another one is not meant by what may reach what.
  const targets = valuesAt(attributes, 'load_balancer.target_group_arn')
    .map((arn) => reader.find(at, arn, 'aws_lb_target_group', 'aws_alb_target_group'))
    .filter((group) => group !== undefined);
  return targets.some((group) => isInFrontDoor(group.construct)) ? 'service' : 'other';
}

/** Endpoints differ in what is behind them, not in who reaches them. */
function joined(nodes: readonly Node[]): Node[] {
  const endpoints = nodes.filter(({ kind }) => kind === 'endpoints');
  const networks = Map.groupBy(endpoints, ({ vpc }) => vpc);
  return [
    ...nodes.filter(({ kind }) => kind !== 'endpoints'),
    ...[...networks].map(([vpc, members]): Node => ({
      kind: 'endpoints',
      label: 'endpoints',
      vpc,
      faces: members.flatMap(({ faces }) => faces),
    })),
  ];
}

function named(nodes: readonly Node[]): Node[] {
  return nodes.map((node) => {
    const { kind, vpc, faces } = node;
    const same = nodes.filter((one) => one.kind === kind && one.vpc === vpc);
    const at = faces[0]?.at.resource;
    if (at === undefined || (kind !== 'other' && same.length === 1)) return node;
    const word = SHAPES[at.type]?.word ?? at.type;
    return { ...node, label: `${word} ${at.path}` };
  });
}

/** `migration, rotation and psql`. */
const LIST = new Intl.ListFormat('en-GB');

/** Those that wear the same in the same subnets are one point. */
function oneOffNodes(tasks: readonly OneOffTask[]): Node[] {
  const definitions = Map.groupBy(tasks, ({ definition }) => definition);
  const alike = Map.groupBy(definitions.values(), (runs) =>
    [...new Set(runs.map(({ face }) => wornIn(face)))].toSorted().join(),
  );
  return [...alike.values()].map((members): Node => {
    const runs = members.flat();
    const purposes = [...new Set(runs.map(({ purpose }) => purpose))];
    const faces = [...new Map(runs.map(({ face }) => [wornIn(face), face])).values()];
    const [first] = faces as [Face];
    return { kind: 'one-off', label: LIST.format(purposes), vpc: vpcOf(first), faces };
  });
}

/** A task with a public address is not like one without. */
function wornIn({ groups, subnets, isPublic }: Face): string {
  const paths = [...groups, ...subnets.map(({ at }) => at.resource)].map(({ path }) => path);
  return [...paths.toSorted(), String(isPublic)].join(' ');
}

/** AWS's names as people write them. */
const SERVICES: Readonly<Record<string, string>> = { s3: 'S3', dynamodb: 'DynamoDB' };

function gatewayNodes(reader: Reader, subnets: ReadonlyMap<Resource, Subnet>): Node[] {
  const vpcs = new Map(
    [...subnets.values()].flatMap(({ vpc, gateways }) =>
      gateways.map(({ resource }) => [resource, vpc]),
    ),
  );
  return reader
    .ofType('aws_vpc_endpoint')
    .filter(isGatewayEndpoint)
    .flatMap(({ resource }) => {
      const vpc = vpcs.get(resource);
      const service = String(resource.attributes['service_name']).split('.').at(-1) ?? '';
      if (vpc === undefined) return [];
      const label = `${SERVICES[service] ?? service} by endpoint`;
      return [{ kind: 'gateway', label, vpc, faces: [], gateway: resource }];
    });
}
