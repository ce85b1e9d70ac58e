/** The rules of all security groups, in whichever of Terraform's three ways they are written. */
import { asList, isBlock, isGiven, isTrue, valuesAt } from '../policies/attributes.ts';
import { rangesOf, UNREADABLE_RULES } from '../policies/security-rules.ts';
import type { Attributes, Resource } from '../written/written-stack.ts';
import { portsOf, type Ports } from './ports.ts';
import type { Range } from './ranges.ts';
import type { Placed } from '../written/program.ts';
import type { Reader } from './reader.ts';

type Direction = 'ingress' | 'egress';

/** Whom a rule lets in, or where it lets go. */
export type Peer =
  | { readonly group: Resource }
  | { readonly range: Range }
  /** The addresses of a service behind a gateway endpoint. */
  | { readonly gateway: Resource };

export interface GroupRule {
  readonly at: Placed;
  readonly group: Resource;
  readonly direction: Direction;
  readonly peer: Peer;
  readonly ports: Ports;
}

export const GROUPS = ['aws_security_group', 'aws_default_security_group'];

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

/** Of all kinds of rules: one or more of each may be named. */
const PEER_GROUPS = ['referenced_security_group_id', 'source_security_group_id', 'security_groups'];
const PREFIX_LISTS = ['prefix_list_id', 'prefix_list_ids'];

export function readRules(reader: Reader): GroupRule[] {
  return [
    ...DIRECTIONS.flatMap((direction) => separate(reader, direction)),
    ...reader.ofType('aws_security_group_rule').flatMap((at) => {
      const direction = at.resource.attributes['type'] === 'egress' ? 'egress' : 'ingress';
      return ofGroup(reader, at, direction, at.resource.attributes);
    }),
    ...reader.ofType(...GROUPS).flatMap((at) => inline(reader, at)),
  ];
}

function separate(reader: Reader, direction: Direction): GroupRule[] {
  return reader
    .ofType(`aws_vpc_security_group_${direction}_rule`)
    .flatMap((at) => ofGroup(reader, at, direction, at.resource.attributes));
}

function ofGroup(reader: Reader, at: Placed, direction: Direction, rule: Attributes): GroupRule[] {
  return reader
    .named(at, rule['security_group_id'], ...GROUPS)
    .flatMap((group) => rulesOf(reader, at, { group, direction, rule }));
}

/** Terraform takes AWS's own rule away, which lets everything out, unless it is written. */
function inline(reader: Reader, at: Placed): GroupRule[] {
  const { resource: group } = at;
  return DIRECTIONS.flatMap((direction) => {
    const repeated = valuesAt(group.attributes, `dynamic.${direction}`).filter(isGiven);
    return [...asList(group.attributes[direction]).filter(isGiven), ...repeated].flatMap((rule) => {
      const isReadable = isBlock(rule) && !repeated.includes(rule);
      if (isReadable) return rulesOf(reader, at, { group, direction, rule });
      reader.refuse(at, UNREADABLE_RULES);
      return [];
    });
  });
}

interface Written {
  readonly group: Resource;
  readonly direction: Direction;
  readonly rule: Attributes;
}

function rulesOf(reader: Reader, at: Placed, { group, direction, rule }: Written): GroupRule[] {
  const ports = portsOf(rule);
  if (ports === undefined) {
    reader.refuse(
      at,
      'has a protocol or ports that are known to Terraform only: write them as plain numbers',
    );
    return [];
  }
  const said = reader.problems.length;
  const self: Peer[] = isTrue(rule['self']) ? [{ group }] : [];
  const peers = [...self, ...groupPeers(reader, at, rule), ...addressPeers(reader, at, rule)];
  if (peers.length === 0 && reader.problems.length === said) {
    reader.refuse(
      at,
      'has a rule that names nobody: name a security group, a prefix list or a range',
    );
  }
  return peers.map((peer) => ({ at, group, direction, peer, ports }));
}

function groupPeers(reader: Reader, at: Placed, rule: Attributes): Peer[] {
  return PEER_GROUPS.flatMap((name) => reader.named(at, rule[name], ...GROUPS)).map((group) => ({
    group,
  }));
}

/** Prefix lists that are not of our endpoints, and ranges known to Terraform only, may hold anything. */
function addressPeers(reader: Reader, at: Placed, rule: Attributes): Peer[] {
  const lists = PREFIX_LISTS.flatMap((name) => valuesAt(rule, name)).filter(isGiven);
  const ranges = rangesOf(rule);
  return [
    ...lists.map((list): Peer => {
      const gateway = reader.find(at, list, 'aws_vpc_endpoint');
      return gateway === undefined ? { range: String(list) } : { gateway };
    }),
    ...ranges.map((range): Peer => ({ range: String(range) })),
  ];
}
