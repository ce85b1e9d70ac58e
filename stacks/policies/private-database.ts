/** Databases are in subnets that lead nowhere: not in from the internet, and not out to it. */
import { isGiven, isTrue, valuesAt } from './attributes.ts';
import { routingOf } from './routes.ts';
import type { Program } from '../written/program.ts';
import type { Resource, WrittenStack } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

/** What says in which subnets databases and caches are. */
const SUBNET_GROUPS = new Set([
  'aws_db_subnet_group',
  'aws_docdb_subnet_group',
  'aws_elasticache_subnet_group',
  'aws_neptune_subnet_group',
  'aws_redshift_subnet_group',
]);

const DATABASES = new Set(['aws_db_instance', 'aws_rds_cluster']);

export const privateDatabase: Rule = {
  name: 'private-database',
  check(stack, refuse, program) {
    for (const resource of stack.resources) {
      for (const wrong of [...subnets(program, stack, resource), ...settings(resource)]) {
        refuse(resource, `${resource.type} ${wrong}`);
      }
    }
  },
};

function subnets(program: Program, stack: WrittenStack, { type, attributes }: Resource): string[] {
  if (!SUBNET_GROUPS.has(type)) return [];
  return valuesAt(attributes, 'subnet_ids').flatMap((value) => {
    const found = program
      .targetsIn(stack, value)
      .filter(({ resource }) => resource.type === 'aws_subnet');
    if (found.length === 0) {
      return [
        `has ${String(value)}, whose routes nobody can see here: name a subnet of this program`,
      ];
    }
    return found.flatMap((subnet) => {
      const routing = routingOf(program, subnet);
      const { path } = subnet.resource;
      if (routing === undefined) return [`has ${path}, which has no route table: add one for it`];
      return routing.routes.some(({ isDefault, by }) => isDefault || by === 'internet')
        ? [`has ${path}, which has a route to everywhere: name isolated subnets`]
        : [];
    });
  });
}

/** Copies of another instance are in its subnets. */
function settings({ type, attributes }: Resource): string[] {
  if (!DATABASES.has(type)) return [];
  const isCopy = isGiven(attributes['replicate_source_db']);
  return [
    ...(!isGiven(attributes['db_subnet_group_name']) && !isCopy
      ? ["is in the account's default subnets: set dbSubnetGroupName"]
      : []),
    ...(type === 'aws_db_instance' && isOpen(attributes['publicly_accessible'])
      ? ['does not say that it is private: set publiclyAccessible: false']
      : []),
  ];
}

function isOpen(value: unknown): boolean {
  return !isGiven(value) || isTrue(value);
}
