/** How tasks get out of their subnets to a service of AWS, by what the program writes. */
import type { Placed, Program, Target } from '../written/program.ts';
import type { Attributes, Resource, WrittenStack } from '../written/written-stack.ts';
import { isTrue } from './attributes.ts';
import { isTo, routingOf } from './routes.ts';
import { isFor, rangesOf, rulesOf } from './security-rules.ts';
import type { Run } from './tasks.ts';

/** Of every service of AWS. */
const HTTPS = 443;

interface Destination {
  readonly service: string;
  /** `none` where no endpoint answers. */
  readonly endpoint: 'gateway' | 'interface' | 'none';
}

interface Ways {
  readonly subnets: readonly Target[];
  readonly reaches: (subnet: Target, destination: Destination) => boolean;
}

/** A rule, and where it is written. */
interface Egress {
  readonly stack: WrittenStack;
  readonly rule: Attributes;
}

export function waysOf(program: Program, stack: WrittenStack, { subnets, groups }: Run): Ways {
  const egress = egressOf(program, program.targetsIn(stack, groups));
  const isOpen = egress.some(({ rule }) => rangesOf(rule).includes('0.0.0.0/0'));
  const endpoints = program.ofType('aws_vpc_endpoint');
  return {
    subnets: program
      .targetsIn(stack, subnets)
      .filter(({ resource: { type } }) => type === 'aws_subnet'),
    reaches(subnet, destination) {
      if (isOpen && leadsOut(program, subnet)) return true;
      return endpoints.some(
        (endpoint) =>
          isOf(program, subnet, { endpoint, destination }) &&
          (isOpen || letsThrough(program, egress, endpoint)),
      );
    },
  };
}

/** What the groups that a task wears let out over HTTPS. */
function egressOf(program: Program, worn: readonly Target[]): Egress[] {
  const groups = new Set(worn.map(({ resource }) => resource));
  return program.stacks.flatMap((stack) =>
    stack.resources
      .filter((resource) => groups.has(groupOf(program, stack, resource) ?? resource))
      .flatMap((resource) => rulesOf(resource, 'egress'))
      .filter((rule) => isFor(rule, HTTPS))
      .map((rule) => ({ stack, rule })),
  );
}

function groupOf(program: Program, stack: WrittenStack, { attributes }: Resource) {
  return program.targetOf(stack, attributes['security_group_id'])?.resource;
}

function leadsOut(program: Program, subnet: Target): boolean {
  const routes = routingOf(program, subnet)?.routes ?? [];
  return routes.some(({ isDefault, by }) => isDefault && by !== 'other');
}

interface Way {
  readonly endpoint: Placed;
  readonly destination: Destination;
}

/** Whether an endpoint stands for the service in the subnet. */
function isOf(program: Program, subnet: Target, { endpoint, destination }: Way): boolean {
  const { stack, resource } = endpoint;
  const { attributes } = resource;
  if (destination.endpoint === 'none') return false;
  if (!String(attributes['service_name']).endsWith(`.${destination.service}`)) return false;
  if (destination.endpoint === 'gateway') {
    const table = routingOf(program, subnet)?.table;
    return table !== undefined && isTo(program, stack, attributes['route_table_ids'], table);
  }
  const vpc = program.targetOf(subnet.stack, subnet.resource.attributes['vpc_id'])?.resource;
  return (
    vpc !== undefined &&
    isTo(program, stack, attributes['vpc_id'], vpc) &&
    // Otherwise the service's usual name leads out, where nothing is.
    isTrue(attributes['private_dns_enabled'])
  );
}

/** A rule names the endpoint's group, or its prefix list. */
function letsThrough(
  program: Program,
  egress: readonly Egress[],
  { stack, resource }: Placed,
): boolean {
  const groups = new Set(
    program
      .targetsIn(stack, resource.attributes['security_group_ids'])
      .map((target) => target.resource),
  );
  return egress.some(({ stack: from, rule }) =>
    ['referenced_security_group_id', 'prefix_list_id', 'prefix_list_ids', 'security_groups']
      .flatMap((name) => program.targetsIn(from, rule[name]))
      .some((target) => target.resource === resource || groups.has(target.resource)),
  );
}
