/** Where data may not be lost nothing that holds it goes by mistake, and no default decides about it. */
import { IRREPLACEABLE } from '../addresses/stateful.ts';
import type { Program } from '../written/program.ts';
import type { Resource, WrittenStack } from '../written/written-stack.ts';
import { asList, camelCase, isBlock, isGiven, isTrue, valuesAt } from './attributes.ts';
import { partsOf } from './bucket-parts.ts';
import { keptDays, takesLogs } from './log-buckets.ts';
import { isProduction, mayLoseData } from './place-of.ts';
import type { Rule } from './policy.ts';
import { deletedKey, statesIn } from './state-buckets.ts';

/** Days in which AWS takes a deletion back: the most that KMS offers, and what we ask of secrets. */
const LONGEST_WINDOW = 30;
const LEAST_RECOVERY = 7;

interface Argument {
  /** What has to be written, whatever it says; data is lost or kept by it. */
  readonly name: string;
  readonly isKept: (value: unknown) => boolean;
  /** What to write where data may not be lost. */
  readonly wanted: string;
}

const yes = (name: string): Argument => ({ name, isKept: isTrue, wanted: 'true' });
const no = (name: string): Argument => ({ name, isKept: isFalse, wanted: 'false' });
const least = (name: string, days: number): Argument => ({
  name,
  isKept: (value) => Number(value) >= days,
  wanted: `${days} or more`,
});

const OF_DATABASES = [
  yes('deletion_protection'),
  no('skip_final_snapshot'),
  no('delete_automated_backups'),
  least('backup_retention_period', 1),
];

/** RDS takes no last snapshot of a copy, and refuses to delete one that shall have it. */
const OF_COPIES = [yes('deletion_protection'), yes('skip_final_snapshot')];

const ARGUMENTS: Readonly<Record<string, readonly Argument[]>> = {
  aws_alb: [yes('enable_deletion_protection')],
  aws_cognito_user_pool: [
    {
      name: 'deletion_protection',
      isKept: (value) => value === 'ACTIVE',
      wanted: "'ACTIVE'",
    },
  ],
  aws_db_instance: OF_DATABASES,
  aws_dynamodb_table: [yes('deletion_protection_enabled')],
  aws_ecr_repository: [no('force_delete')],
  aws_kms_key: [least('deletion_window_in_days', LONGEST_WINDOW)],
  aws_lb: [yes('enable_deletion_protection')],
  aws_rds_cluster: OF_DATABASES,
  aws_s3_bucket: [no('force_destroy')],
  aws_secretsmanager_secret: [least('recovery_window_in_days', LEAST_RECOVERY)],
};

export const protectedData: Rule = {
  name: 'protected-data',
  check(stack, refuse, program) {
    for (const resource of stack.resources) {
      const { type } = resource;
      for (const name of unsaid(resource)) {
        refuse(resource, `${type} leaves ${name} to a default: set it, as data is lost by it`);
      }
      if (isProduction(stack) && hasNoStandby(resource)) {
        refuse(resource, `${type} of production has no standby: set multiAz: true`);
      }
      for (const wrong of losses(program, stack, resource)) {
        refuse(resource, `${type} holds what may not be lost: ${wrong}`);
      }
    }
  },
};

/** States are kept everywhere: without them nobody can change or remove what runs. */
function losses(program: Program, stack: WrittenStack, resource: Resource): string[] {
  const states = resource.type === 'aws_s3_bucket' ? statesIn(program, resource) : [];
  if (mayLoseData(stack) && states.length === 0) return [];
  const lost = deletedKey(stack, resource, states);
  return [
    ...unprotected(resource),
    // Logs that end by themselves are let go: turning them off takes their bucket away.
    ...(isOfLogs(program, stack, resource) && states.length === 0
      ? []
      : [...unprevented(resource), ...unversioned(stack, resource)]),
    ...(lost === undefined
      ? []
      : [`its lifecycle deletes the state ${lost}: give the expiration a prefix of its own`]),
  ];
}

function demandsOf(resource: Resource): readonly Argument[] {
  return isCopy(resource) ? OF_COPIES : (ARGUMENTS[resource.type] ?? []);
}

/** Of another database, which has the backups. */
function isCopy({ type, attributes }: Resource): boolean {
  return type === 'aws_db_instance' && isGiven(attributes['replicate_source_db']);
}

function unsaid(resource: Resource): string[] {
  return demandsOf(resource)
    .map(({ name }) => name)
    .filter((name) => !isGiven(resource.attributes[name]))
    .map(camelCase);
}

function unprotected(resource: Resource): string[] {
  const { attributes } = resource;
  const demands = demandsOf(resource);
  const wrong = demands
    .filter(({ name, isKept }) => isGiven(attributes[name]) && !isKept(attributes[name]))
    .map(({ name, wanted }) => `set ${camelCase(name)}: ${wanted}`);
  const isNameless = demands === OF_DATABASES && !isGiven(attributes['final_snapshot_identifier']);
  return isNameless ? [...wrong, 'set finalSnapshotIdentifier: a name'] : wrong;
}

function unprevented({ type, attributes }: Resource): string[] {
  // AWS itself keeps the others.
  if (!IRREPLACEABLE.has(type)) return [];
  const isPrevented = asList(attributes['lifecycle']).some(
    (lifecycle) => isBlock(lifecycle) && isTrue(lifecycle['prevent_destroy']),
  );
  return isPrevented ? [] : ['set lifecycle: { preventDestroy: true }'];
}

/** Without versions what is overwritten or deleted is gone. */
function unversioned(stack: WrittenStack, resource: Resource): string[] {
  if (resource.type !== 'aws_s3_bucket') return [];
  const isVersioned = partsOf(stack, resource, 'aws_s3_bucket_versioning')
    .flatMap(({ attributes }) => valuesAt(attributes, 'versioning_configuration.status'))
    .some((status) => status === 'Enabled');
  return isVersioned ? [] : ["add an aws_s3_bucket_versioning for it with status: 'Enabled'"];
}

function isOfLogs(program: Program, stack: WrittenStack, resource: Resource): boolean {
  const isBucket = resource.type === 'aws_s3_bucket';
  return isBucket && keptDays({ stack, resource }) !== undefined && takesLogs(program, resource);
}

function hasNoStandby(resource: Resource): boolean {
  const { type, attributes } = resource;
  return type === 'aws_db_instance' && !isCopy(resource) && !isTrue(attributes['multi_az']);
}

function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}
