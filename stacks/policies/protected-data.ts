/** Where data may not be lost nothing that holds it goes by mistake, and no default decides about it. */
import { asList, camelCase, isBlock, isTrue } from './attributes.ts';
import { keptDays } from './log-buckets.ts';
import { mayLoseData } from './place-of.ts';
import type { Resource, WrittenStack } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

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

/** What cannot be made anew as it was, so that Terraform is to refuse. AWS itself keeps the others. */
const HOLDS_DATA = new Set([
  'aws_cognito_user_pool',
  'aws_db_instance',
  'aws_dynamodb_table',
  'aws_efs_file_system',
  'aws_kms_key',
  'aws_rds_cluster',
  'aws_s3_bucket',
]);

export const protectedData: Rule = {
  name: 'protected-data',
  check(stack, refuse) {
    for (const resource of stack.resources) {
      const { type } = resource;
      for (const name of unsaid(resource)) {
        refuse(resource, `${type} leaves ${name} to a default: set it, as data is lost by it`);
      }
      if (mayLoseData(stack)) continue;
      for (const wrong of [...unprotected(resource), ...unprevented(stack, resource)]) {
        refuse(resource, `${type} holds what may not be lost: ${wrong}`);
      }
    }
  },
};

function unsaid({ type, attributes }: Resource): string[] {
  return (ARGUMENTS[type] ?? [])
    .map(({ name }) => name)
    .filter((name) => attributes[name] === undefined)
    .map(camelCase);
}

function unprotected({ type, attributes }: Resource): string[] {
  const demands = ARGUMENTS[type] ?? [];
  const wrong = demands
    .filter(({ name, isKept }) => attributes[name] !== undefined && !isKept(attributes[name]))
    .map(({ name, wanted }) => `set ${camelCase(name)}: ${wanted}`);
  const isNameless =
    demands === OF_DATABASES && attributes['final_snapshot_identifier'] === undefined;
  return isNameless ? [...wrong, 'set finalSnapshotIdentifier: a name'] : wrong;
}

/** Logs that end by themselves are let go: turning them off takes their bucket away. */
function unprevented(stack: WrittenStack, resource: Resource): string[] {
  const { type, attributes } = resource;
  if (!HOLDS_DATA.has(type)) return [];
  if (type === 'aws_s3_bucket' && keptDays({ stack, resource }) !== undefined) return [];
  const isPrevented = asList(attributes['lifecycle']).some(
    (lifecycle) => isBlock(lifecycle) && isTrue(lifecycle['prevent_destroy']),
  );
  return isPrevented ? [] : ['set lifecycle: { preventDestroy: true }'];
}

function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}
