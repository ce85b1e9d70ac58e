/** Protocols and ports of rules, and what two rules have in common. */
import type { Attributes } from '../written/written-stack.ts';

export interface Ports {
  /** `tcp`, `udp`, `icmp`, or `any`. */
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
}

const LAST_PORT = 65_535;

const EVERY_PORT: Ports = { protocol: 'any', first: 0, last: LAST_PORT };

/** AWS takes the numbers of IANA too. */
const NUMBERED: Readonly<Record<string, string>> = {
  '-1': 'any',
  all: 'any',
  1: 'icmp',
  6: 'tcp',
  17: 'udp',
  58: 'icmpv6',
};

/** In the words of any kind of rule; nothing when only Terraform will know them. */
export function portsOf(rule: Attributes): Ports | undefined {
  const given = String(rule['ip_protocol'] ?? rule['protocol']).toLowerCase();
  const protocol = NUMBERED[given] ?? given;
  if (protocol === 'any') return EVERY_PORT;
  // Of ICMP these two are types and codes.
  if (protocol.startsWith('icmp')) return { ...EVERY_PORT, protocol };
  const [first, last] = [Number(rule['from_port']), Number(rule['to_port'])];
  const isKnown = /^[a-z0-9]+$/.test(protocol) && Number.isInteger(first) && Number.isInteger(last);
  return isKnown ? { protocol, first, last } : undefined;
}

export function inCommon(one: Ports, other: Ports): Ports | undefined {
  const anyProtocol = one.protocol === 'any' || other.protocol === 'any';
  if (!anyProtocol && one.protocol !== other.protocol) return undefined;
  const first = Math.max(one.first, other.first);
  const last = Math.min(one.last, other.last);
  const protocol = one.protocol === 'any' ? other.protocol : one.protocol;
  return first > last ? undefined : { protocol, first, last };
}

/** `tcp 443`, `udp 1000-2000`, `tcp all`, `all`. */
export function portText({ protocol, first, last }: Ports): string {
  if (protocol === 'any') return first === 0 && last === LAST_PORT ? 'all' : `any ${first}-${last}`;
  if (first === last) return `${protocol} ${first}`;
  return first === 0 && last === LAST_PORT ? `${protocol} all` : `${protocol} ${first}-${last}`;
}
