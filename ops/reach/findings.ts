/** Who reaches whom in an environment, also in one that policies refuse: then it is wanted most. */
import type { App } from 'cdktf';
import type { Environment } from '../../stacks/place.ts';
import { isWaived } from '../../stacks/policies/waiver.ts';
import type { GroupRule } from '../../stacks/reachability/group-rules.ts';
import { type Node, inOrder } from '../../stacks/reachability/nodes.ts';
import { portText } from '../../stacks/reachability/ports.ts';
import { brokenPromises } from '../../stacks/reachability/promises.ts';
import { reachabilityOf } from '../../stacks/reachability/reachability.ts';
import { addEnvironment } from '../../stacks/store.ts';
import { waivers } from '../../stacks/waivers.ts';
import { Program } from '../../stacks/written/program.ts';
import { unwrittenApp } from '../deployment/unwritten-app.ts';

export interface FoundWay {
  readonly from: string;
  readonly to: string;
  /** `tcp 443` */
  readonly port: string;
  /** Paths of the rules that allow it. */
  readonly by: readonly string[];
}

export interface Findings {
  readonly nodes: readonly Node[];
  readonly ways: readonly FoundWay[];
  /** Sentences, each with the path of a rule that opens nothing. */
  readonly looseEnds: readonly string[];
  /** What breaks a promise, and what could not be read. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

export function findingsIn(environment: Environment): Findings {
  const app = unwrittenApp();
  addEnvironment(app, environment);
  return findingsOf(app);
}

/** Of every environment in it. */
export function findingsOf(app: App): Findings {
  const reachability = reachabilityOf(Program.of(app));
  const { nodes, ways, looseEnds, problems } = reachability;
  const ends = ways.flatMap(({ from, to }) => [from, to]);
  const broken = [...problems, ...brokenPromises(reachability)];
  return {
    nodes: [...new Map([...nodes, ...ends].map((node) => [node.label, node])).values()].toSorted(
      inOrder,
    ),
    ways: ways.map(({ from, to, ports, by }) => ({
      from: from.label,
      to: to.label,
      port: portText(ports),
      by: [...new Set(by.map(({ at }) => at.resource.path))],
    })),
    looseEnds: looseEnds.map(looseEnd),
    problems: broken
      .filter(({ at }) => !isWaived(waivers, 'reachability', at.resource.construct))
      .map(({ at, message }) => ({ path: at.resource.path, message })),
  };
}

function looseEnd({ at, group, direction, peer, ports }: GroupRule): string {
  const whom = 'range' in peer ? peer.range : 'group' in peer ? peer.group.path : peer.gateway.path;
  const [start, end] = direction === 'egress' ? [group.path, whom] : [whom, group.path];
  return `${at.resource.path}: ${start} to ${end} on ${portText(ports)} opens nothing, as nobody is there or nobody there agrees`;
}
