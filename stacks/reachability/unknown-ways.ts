/** Resources that may open a way which is not modelled here: they are refused, not overlooked. */
import { isBlock, isGiven, namedValues } from '../policies/attributes.ts';
import type { Attributes } from '../written/written-stack.ts';
import { SHAPES } from './faces.ts';
import type { Placed } from '../written/program.ts';
import type { Reader } from './reader.ts';

/** Whoever names one of these has addresses in the network, or changes who has. */
const WORN = new Set([
  'security_group_id',
  'security_group_ids',
  'security_groups',
  'subnet',
  'subnet_id',
  'subnet_ids',
  'subnets',
  'vpc_security_group_ids',
  'vpc_zone_identifier',
]);

/** The same, where names of resources stand in other attributes. */
const GROUND = new Set([
  'aws_db_subnet_group',
  'aws_default_security_group',
  'aws_internet_gateway',
  'aws_nat_gateway',
  'aws_route_table',
  'aws_security_group',
  'aws_subnet',
]);

/** Change routes or addresses of what is known, without naming any of the above. */
const NEVER = new Set([
  'aws_default_route_table',
  'aws_eip_association',
  'aws_main_route_table_association',
]);

/** Read elsewhere in this folder. */
const READ = new Set([
  ...Object.keys(SHAPES),
  ...GROUND,
  'aws_route',
  'aws_route_table_association',
  'aws_security_group_rule',
  'aws_vpc_security_group_egress_rule',
  'aws_vpc_security_group_ingress_rule',
]);

/** Only take ways away, or only write down what the ground is called. */
const HARMLESS = new Set([
  'aws_iam_policy',
  'aws_iam_role_policy',
  'aws_network_acl',
  'aws_network_acl_association',
  'aws_ssm_parameter',
]);

/** Order, not traffic. */
const NOT_TRAFFIC = new Set(['depends_on', 'lifecycle', 'tags', 'triggers', 'provider']);

export function refuseUnknown(reader: Reader): void {
  for (const at of reader.all()) {
    const { type, attributes } = at.resource;
    if (type === 'aws_eip') refusePutOn(reader, at, attributes);
    if (READ.has(type) || HARMLESS.has(type)) continue;
    const how = NEVER.has(type) ? 'changes who is reached' : wayOf(reader, at);
    if (how === undefined) continue;
    reader.refuse(
      at,
      `${how}, and reachability does not know what that opens: add the type to stacks/reachability/faces.ts, or to unknown-ways.ts beside it if it opens nothing`,
    );
  }
}

/** An address that something else gets afterwards. */
function refusePutOn(reader: Reader, at: Placed, attributes: Attributes): void {
  const to = ['instance', 'network_interface'].find((name) => isGiven(attributes[name]));
  if (to !== undefined) {
    reader.refuse(
      at,
      `gives an ${to.replace('_', ' ')} a public address that reachability does not see: leave ${to} out`,
    );
  }
}

function wayOf(reader: Reader, at: Placed): string | undefined {
  const body = Object.fromEntries(
    Object.entries(at.resource.attributes).filter(([name]) => !NOT_TRAFFIC.has(name)),
  );
  const worn = [...namedValues(body)].find(([name, value]) => WORN.has(name) && isUsed(value));
  if (worn !== undefined) return `has ${worn[0]}`;
  const ground = reader.program
    .targetsIn(at.stack, body)
    .find(({ resource }) => GROUND.has(resource.type));
  return ground === undefined ? undefined : `names ${ground.resource.path}`;
}

function isUsed(value: unknown): boolean {
  return isGiven(value) && value !== '' && !isBlock(value);
}
