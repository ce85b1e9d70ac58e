/** Who can reach whom on which port, worked out from all that is written for Terraform. */
import type { Program } from '../written/program.ts';
import { type GroupRule, readRules } from './group-rules.ts';
import { type Node, readNodes } from './nodes.ts';
import { type Problem, Reader } from './reader.ts';
import { readSubnets } from './subnets.ts';
import { refuseUnknown } from './unknown-ways.ts';
import { type Way, Ways } from './ways.ts';

export interface Reachability {
  readonly nodes: readonly Node[];
  readonly ways: readonly Way[];
  readonly rules: readonly GroupRule[];
  /** Rules that open nothing: nobody is at their other end, or nobody there agrees. */
  readonly looseEnds: readonly GroupRule[];
  /** What could not be read, so that the rest may be less than the truth. */
  readonly problems: readonly Problem[];
}

/**
 * Seen are security groups, routes and public addresses. Not seen are network ACLs, which only take
 * away, and what is not in the JSON: rights, names, web firewalls, AWS's own interfaces.
 */
export function reachabilityOf(program: Program): Reachability {
  const reader = new Reader(program);
  refuseUnknown(reader);
  const subnets = readSubnets(reader);
  const rules = readRules(reader);
  const nodes = readNodes(reader, subnets);
  const ways = new Ways(nodes, rules).all();
  const used = new Set(ways.flatMap(({ by }) => by));
  const looseEnds = rules.filter((rule) => !used.has(rule));
  return { nodes, ways, rules, looseEnds, problems: reader.problems };
}
