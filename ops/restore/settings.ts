/** How the first database is set, as its stack was applied: the second one gets the same. */
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { readState, type StateResource } from '../running/states.ts';

/** Attributes as Terraform's provider calls them. */
type Attributes = StateResource['attributes'];

export interface Settings {
  /** Identifier of the database that the state knows. */
  readonly name: string;
  readonly keyArn: string;
  /** Days, of its logs. */
  readonly logDays: number;
  readonly tags: Readonly<Record<string, string>>;
  /** What a restore can be asked for, from a backup and from a snapshot. */
  readonly atBirth: ReturnType<typeof atBirth>;
  /** What is set once it is there. */
  readonly afterwards: ReturnType<typeof afterwards>;
}

/** From the state: the database itself may be gone. @throws Refusal when there never was one */
export async function readSettings(environment: Environment): Promise<Settings> {
  const { resources = [] } = (await readState(environment, 'database')) ?? {};
  const instance = resources.find(({ type }) => type === 'aws_db_instance')?.attributes;
  if (instance === undefined) {
    throw new Refusal(
      `the state of ${environment.name} knows no database: npm run release -- ${environment.name}`,
    );
  }
  return {
    name: text(instance, 'identifier'),
    keyArn: text(instance, 'kms_key_id'),
    logDays: environment.database.logDays,
    tags: tagsOf(instance),
    atBirth: atBirth(instance),
    afterwards: afterwards(instance),
  };
}

function atBirth(instance: Attributes) {
  return {
    /** GiB, as of the last apply. */
    AllocatedStorage: number(instance, 'allocated_storage'),
    DBInstanceClass: text(instance, 'instance_class'),
    DBSubnetGroupName: text(instance, 'db_subnet_group_name'),
    VpcSecurityGroupIds: texts(instance, 'vpc_security_group_ids'),
    DBParameterGroupName: text(instance, 'parameter_group_name'),
    Port: number(instance, 'port'),
    MultiAZ: instance['multi_az'] === true,
    PubliclyAccessible: false,
    AutoMinorVersionUpgrade: instance['auto_minor_version_upgrade'] === true,
    CopyTagsToSnapshot: true,
    DeletionProtection: instance['deletion_protection'] === true,
    EnableIAMDatabaseAuthentication: false,
    EnableCloudwatchLogsExports: texts(instance, 'enabled_cloudwatch_logs_exports'),
    StorageType: text(instance, 'storage_type'),
    CACertificateIdentifier: text(instance, 'ca_cert_identifier'),
    Tags: Object.entries(tagsOf(instance)).map(([Key, Value]) => ({ Key, Value })),
  };
}

function afterwards(instance: Attributes) {
  return {
    BackupRetentionPeriod: number(instance, 'backup_retention_period'),
    PreferredBackupWindow: text(instance, 'backup_window'),
    PreferredMaintenanceWindow: text(instance, 'maintenance_window'),
    MaxAllocatedStorage: number(instance, 'max_allocated_storage'),
    DatabaseInsightsMode: instance['database_insights_mode'] as 'standard' | 'advanced',
    EnablePerformanceInsights: instance['performance_insights_enabled'] === true,
    PerformanceInsightsKMSKeyId: text(instance, 'performance_insights_kms_key_id'),
    PerformanceInsightsRetentionPeriod: number(instance, 'performance_insights_retention_period'),
    // RDS makes the owner another password, so that the first one's opens nothing here.
    ManageMasterUserPassword: true,
    MasterUserSecretKmsKeyId: text(instance, 'master_user_secret_kms_key_id'),
  };
}

function tagsOf({ tags_all: tags }: Attributes): Readonly<Record<string, string>> {
  return (tags ?? {}) as Readonly<Record<string, string>>;
}

function text(attributes: Attributes, name: string): string {
  return String(attributes[name]);
}

function texts(attributes: Attributes, name: string): string[] {
  return attributes[name] as string[];
}

function number(attributes: Attributes, name: string): number {
  return Number(attributes[name]);
}
