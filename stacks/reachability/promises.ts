/** What is promised of who reaches whom, and what breaks it. */
import { SERVICE_PORT } from '../../contract.ts';
import type { GroupRule } from './group-rules.ts';
import type { Kind, Node } from './nodes.ts';
import { type Ports, portText } from './ports.ts';
import type { Reachability } from './reachability.ts';
import type { Placed } from '../written/program.ts';
import type { Problem } from './reader.ts';
import type { Way } from './ways.ts';

const HTTPS = 443;
const HTTP = 80;
const POSTGRESQL = 5432;

interface Promised {
  readonly kinds: readonly Kind[] | 'anybody';
  /** Of TCP. */
  readonly ports: readonly number[];
}

/** Who may come, by whom they come to. What is no part of the store's plan must not face the internet. */
const COMERS: Readonly<Partial<Record<Kind, Promised>>> = {
  door: { kinds: 'anybody', ports: [HTTPS, HTTP] },
  service: { kinds: ['door'], ports: [SERVICE_PORT] },
  'one-off': { kinds: [], ports: [] },
  database: { kinds: ['service', 'one-off'], ports: [POSTGRESQL] },
  // Whoever wears their clients' group; ranges are refused below.
  endpoints: { kinds: 'anybody', ports: [HTTPS] },
};

const TASKS: readonly Kind[] = ['database', 'endpoints', 'gateway', 'outside', 'door'];

/** Where they may go. */
const GOERS: Readonly<Partial<Record<Kind, readonly Kind[]>>> = {
  door: ['service'],
  service: TASKS,
  'one-off': TASKS,
  database: [],
};

/** On HTTPS only, as nobody there says what comes in. */
const ABROAD: ReadonlySet<Kind> = new Set(['gateway', 'outside']);

/** Come in by group, never by address: an address may be anybody's tomorrow. */
const GUARDED: ReadonlySet<Kind> = new Set(['service', 'one-off', 'database', 'endpoints']);

export function brokenPromises(reachability: Reachability): Problem[] {
  const { ways, nodes } = reachability;
  const broken = ways.flatMap((way) => judge(way) ?? []);
  const known = new Set(broken.map(({ at }) => at.resource));
  const more = [
    ...nodes.flatMap((node) => openRules(reachability, node)),
    ...nodes.filter(({ kind }) => kind === 'database').flatMap(exitsOf),
  ];
  return [...broken, ...more.filter(({ at }) => !known.has(at.resource))];
}

function judge(way: Way): Problem | undefined {
  const end = atItsEnd(way);
  const wrong = end ?? atItsStart(way);
  if (wrong === undefined) return undefined;
  const { from, to, ports, by } = way;
  const paths = by.map(({ at }) => at.resource.path).join(', ');
  const { at, advice } = opener(way, end === undefined ? 'egress' : 'ingress');
  return {
    at,
    message: `${from.label} can reach ${to.label} on ${portText(ports)} (by ${paths}): ${wrong}; ${advice}`,
  };
}

function atItsEnd({ from, to, ports }: Way): string | undefined {
  const promised = COMERS[to.kind];
  if (promised === undefined) {
    return from.kind === 'internet' ? 'from there only the front door is reached' : undefined;
  }
  const { kinds, ports: allowed } = promised;
  const mayCome = kinds === 'anybody' || kinds.includes(from.kind);
  if (mayCome && isOneOf(ports, allowed)) return undefined;
  if (kinds.length === 0) return 'nothing may';
  const who = kinds === 'anybody' ? '' : ` by ${kinds.map(wordOf).join(' and ')}`;
  return `it is reached${who} on tcp ${allowed.join(' and ')} only`;
}

function atItsStart({ from, to, ports }: Way): string | undefined {
  const goals = GOERS[from.kind];
  if (goals === undefined) return undefined;
  if (goals.length === 0) return `${wordOf(from.kind)} reaches nothing`;
  if (!goals.includes(to.kind)) {
    return `${wordOf(from.kind)} reaches ${goals.map(wordOf).join(', ')} only`;
  }
  if (!ABROAD.has(to.kind) || isOneOf(ports, [HTTPS])) return undefined;
  return `outside it is tcp ${HTTPS} only`;
}

function isOneOf({ protocol, first, last }: Ports, allowed: readonly number[]): boolean {
  return protocol === 'tcp' && first === last && allowed.includes(first);
}

const WORDS: Readonly<Partial<Record<Kind, string>>> = {
  'one-off': 'migration, rotation and psql',
  gateway: 'gateway endpoints',
  outside: 'the internet by NAT',
};

function wordOf(kind: Kind): string {
  return WORDS[kind] ?? `the ${kind}`;
}

interface Opener {
  readonly at: Placed;
  readonly advice: string;
}

/** What is no part of the plan opens it by being there; between the others a rule does, of the side that promised. */
function opener({ from, to, by }: Way, side: GroupRule['direction']): Opener {
  const stranger = [from, to].find(({ kind }) => kind === 'other');
  const face = stranger?.faces[0];
  if (face !== undefined) {
    const worn = [...new Set(by.map(({ group }) => group))]
      .filter((group) => face.groups.includes(group))
      .map(({ path }) => path);
    return {
      at: face.at,
      advice: `let it wear groups of its own instead of ${worn.join(', ')}, or give it a kind in stacks/reachability/nodes.ts and its place in promises.ts beside it`,
    };
  }
  // Who comes from the store goes by a rule, and who comes to it by another.
  const { at } = by.findLast(({ direction }) => direction === side) as GroupRule;
  return { at, advice: `delete what this rule allows, or name the group of those who may` };
}

/** Half open is too much already: the other half is written by somebody who trusts this one. */
function openRules({ rules }: Reachability, { kind, label, faces }: Node): Problem[] {
  const worn = new Set(faces.flatMap(({ groups }) => groups));
  return rules
    .filter(({ group }) => worn.has(group))
    .flatMap(({ at, direction, peer, ports }) => {
      const whom = 'range' in peer ? `everything in ${peer.range}` : 'addresses of a service';
      if (direction === 'ingress' && GUARDED.has(kind) && !('group' in peer)) {
        const message = `lets ${whom} come to ${label} on ${portText(ports)}: name the security group of those who may`;
        return [{ at, message }];
      }
      if (direction === 'ingress' || kind !== 'database') return [];
      const goal = 'group' in peer ? peer.group.path : whom;
      const message = `lets ${label} go to ${goal} on ${portText(ports)}: it only answers, so delete the rule`;
      return [{ at, message }];
    });
}

/** Without a public address nothing comes that way yet; one flag, and everything does. */
function exitsOf({ label, faces }: Node): Problem[] {
  const exits = faces.flatMap(({ subnets }) => subnets.flatMap((subnet) => subnet.exits));
  return [...new Set(exits.map(({ by }) => by))].map((at) => ({
    at,
    message: `leads from the subnets of ${label} to the internet: delete the route, or give these subnets a route table of their own without it`,
  }));
}
