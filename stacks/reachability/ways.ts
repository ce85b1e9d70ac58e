/** Who reaches whom: both sides let it, and a route is there. */
import type { Resource } from '../written/written-stack.ts';
import type { Face } from './faces.ts';
import type { GroupRule, Peer } from './group-rules.ts';
import { inOrder, type Node } from './nodes.ts';
import { inCommon, type Ports, portText } from './ports.ts';
import { type Family, holds, holdsInternet } from './ranges.ts';
import type { Subnet } from './subnets.ts';

export interface Way {
  readonly from: Node;
  readonly to: Node;
  readonly ports: Ports;
  /** What lets it out and what lets it in; AWS's and the internet's own sides have no rule. */
  readonly by: readonly GroupRule[];
}

const FAMILIES: readonly Family[] = [4, 6];

type Rules = ReadonlyMap<Resource, readonly GroupRule[]>;

export class Ways {
  readonly #found = new Map<string, Way>();
  readonly #nodes: readonly Node[];
  readonly #rules: Rules;

  constructor(nodes: readonly Node[], rules: readonly GroupRule[]) {
    this.#nodes = nodes;
    this.#rules = Map.groupBy(rules, ({ group }) => group);
  }

  all(): Way[] {
    for (const node of this.#nodes) {
      for (const face of node.faces) this.#fromInternet(node, face);
    }
    for (const from of this.#nodes) {
      for (const to of this.#nodes.filter(({ vpc }) => vpc === from.vpc)) this.#between(from, to);
      for (const face of from.faces) this.#toOutside(from, face);
    }
    return [...this.#found.values()].toSorted(
      (one, other) =>
        inOrder(one.from, other.from) ||
        inOrder(one.to, other.to) ||
        one.ports.first - other.ports.first,
    );
  }

  #rulesOf({ groups }: Face, direction: GroupRule['direction']): GroupRule[] {
    const worn = groups.flatMap((group) => this.#rules.get(group) ?? []);
    return worn.filter((rule) => rule.direction === direction);
  }

  #fromInternet(to: Node, face: Face): void {
    for (const family of FAMILIES) {
      if (!isCallable(face, family) || !leads(face, family, 'internet')) continue;
      for (const rule of this.#rulesOf(face, 'ingress')) {
        if (!isInternet(rule.peer, family)) continue;
        this.#add({ from: internet(to.vpc), to, ports: rule.ports, by: [rule] });
      }
    }
  }

  #toOutside(from: Node, face: Face): void {
    for (const family of FAMILIES) {
      const to = [
        ...(leads(face, family, 'nat') ? [outside(from.vpc)] : []),
        ...(isCallable(face, family) && leads(face, family, 'internet')
          ? [internet(from.vpc)]
          : []),
      ];
      for (const rule of this.#rulesOf(face, 'egress').filter(({ peer }) =>
        isInternet(peer, family),
      )) {
        for (const one of to) this.#add({ from, to: one, ports: rule.ports, by: [rule] });
      }
    }
  }

  #between(from: Node, to: Node): void {
    for (const face of from.faces) {
      if (to.gateway !== undefined) this.#toGateway(from, face, to);
      for (const other of to.faces) this.#fromFace({ from, face, to, other });
    }
  }

  #toGateway(from: Node, face: Face, to: Node): void {
    const { gateway } = to;
    if (!face.subnets.some(({ gateways }) => gateways.some((one) => one.resource === gateway)))
      return;
    for (const rule of this.#rulesOf(face, 'egress')) {
      const isMeant =
        'gateway' in rule.peer ? rule.peer.gateway === gateway : isInternet(rule.peer, 4);
      if (isMeant) this.#add({ from, to, ports: rule.ports, by: [rule] });
    }
  }

  #fromFace({ from, face, to, other }: Pair): void {
    for (const out of this.#rulesOf(face, 'egress')) {
      for (const into of this.#rulesOf(other, 'ingress')) {
        const ports = inCommon(out.ports, into.ports);
        const isAllowed = FAMILIES.some(
          (family) => covers(out.peer, other, family) && covers(into.peer, face, family),
        );
        if (ports !== undefined && isAllowed) this.#add({ from, to, ports, by: [out, into] });
      }
    }
  }

  /** Several rules may open the same. */
  #add(way: Way): void {
    const { from, to, ports } = way;
    const id = [from, to].map((node) => `${node.vpc.path} ${node.label}`).join(' > ');
    const key = `${id} ${portText(ports)}`;
    const by = [...(this.#found.get(key)?.by ?? []), ...way.by];
    this.#found.set(key, { ...way, by: [...new Set(by)] });
  }
}

interface Pair {
  readonly from: Node;
  readonly face: Face;
  readonly to: Node;
  readonly other: Face;
}

function internet(vpc: Resource): Node {
  return { kind: 'internet', label: 'internet', vpc, faces: [] };
}

function outside(vpc: Resource): Node {
  return { kind: 'outside', label: 'internet by NAT', vpc, faces: [] };
}

function leads({ subnets }: Face, family: Family, wanted: 'internet' | 'nat'): boolean {
  return subnets.some(({ exits }) =>
    exits.some((exit) => exit.kind === wanted && exit.family === family),
  );
}

/** IPv6 knows no private addresses here: each can be called where a route leads there. */
function isCallable({ isPublic, hasIpv6 }: Face, family: Family): boolean {
  return family === 4 ? isPublic : hasIpv6;
}

function isInternet(peer: Peer, family: Family): boolean {
  return 'range' in peer && holdsInternet(peer.range, family);
}

/** Whether a rule's other side is, or may be, this face. */
function covers(peer: Peer, { groups, subnets, hasIpv6 }: Face, family: Family): boolean {
  if (family === 6 && !hasIpv6) return false;
  if ('group' in peer) return groups.includes(peer.group);
  if ('gateway' in peer) return false;
  const { range } = peer;
  return subnets.some(({ at }: Subnet) =>
    holds(range, family, at.resource.attributes['cidr_block']),
  );
}
