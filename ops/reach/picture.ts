/** Findings as a picture in Mermaid's language, which code hosts draw. */
import type { Node } from '../../stacks/reachability/nodes.ts';
import { kindOf, type SubnetKind } from '../../stacks/reachability/subnets.ts';
import type { Findings, FoundWay } from './findings.ts';

/** From the world inwards; what lies in several is drawn in the first. */
const PLACES: readonly SubnetKind[] = ['public', 'private', 'isolated'];

export function asPicture({ nodes, ways: all }: Findings): string {
  const ways = worthDrawing(all);
  const ids = new Map(nodes.map((node) => [node.label, idOf(node, nodes)]));
  const draw = (node: Node) => `${ids.get(node.label)}${shapeOf(node)}`;
  const places = PLACES.flatMap((place) => {
    const members = nodes.filter((node) => placeOf(node) === place);
    if (members.length === 0) return [];
    return [
      `  subgraph ${place}_subnets["${place} subnets"]`,
      ...members.map((node) => `    ${draw(node)}`),
      '  end',
    ];
  });
  const pairs = Map.groupBy(ways, ({ from, to }) => `${ids.get(from)} ${ids.get(to)}`);
  const arrows = [...pairs].map(([pair, members]) => {
    const [from = '', to = ''] = pair.split(' ');
    return `  ${from} -->|"${joined(members.map(({ port }) => port))}"| ${to}`;
  });
  const outer = nodes
    .filter((node) => placeOf(node) === undefined)
    .map((node) => `  ${draw(node)}`);
  return ['flowchart LR', ...outer, ...places, ...arrows].join('\n');
}

/** What the internet may, everybody may: such arrows back to the door would hide the others. */
function worthDrawing(ways: readonly FoundWay[]): readonly FoundWay[] {
  const open = ways.filter(({ from }) => from === 'internet');
  return ways.filter(
    (way) => open.includes(way) || !open.some(({ to, port }) => to === way.to && port === way.port),
  );
}

/** Letters and digits, which Mermaid takes without asking. */
function idOf(node: Node, nodes: readonly Node[]): string {
  const id = node.kind.replaceAll('-', '');
  const same = nodes.filter(({ kind }) => kind === node.kind);
  return same.length === 1 ? id : `${id}${same.indexOf(node) + 1}`;
}

function shapeOf({ kind, label, faces }: Node): string {
  if (kind === 'database') return `[("${label}")]`;
  return faces.length === 0 ? `(["${label}"])` : `["${label}"]`;
}

function placeOf({ faces }: Node): SubnetKind | undefined {
  const kinds = new Set(faces.flatMap(({ subnets }) => subnets.map(kindOf)));
  return PLACES.find((place) => kinds.has(place));
}

/** `tcp 80` and `tcp 443` are `tcp 80, 443`. */
function joined(ports: readonly string[]): string {
  const byProtocol = Map.groupBy(ports, (port) => port.split(' ')[0] ?? '');
  return [...byProtocol]
    .map(([protocol, members]) => {
      const numbers = members.map((port) => port.slice(protocol.length + 1));
      return `${protocol} ${numbers.join(', ')}`.trim();
    })
    .join(', ');
}
