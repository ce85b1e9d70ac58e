/** With real Terraform: a restored database takes the place of the first, and is hardly changed for it. */
import {
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  RDSClient,
  RestoreDBInstanceToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anEnvironment } from '../../../stacks/testing/places.ts';
import { allResources, synthesiseStore } from '../../../stacks/testing/synthesise-store.ts';
import { Stack } from '../../deployment/stack.ts';
import { Terraform } from '../../terraform/terraform.ts';
import { eventually } from '../containers/testing/runs.ts';
import { type Emulator, startEmulator } from '../emulator.ts';
import { ACCOUNT, clientSettings, REGION } from '../testing/both.ts';

const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const SOURCE = 'store-source';
const TARGET = 'store-restored';

/** What the stack gives both, beside what it sets on each. */
const GROUPS = {
  DBSubnetGroupName: 'store-database',
  DBParameterGroupName: 'store-postgres17',
  VpcSecurityGroupIds: ['sg-0123456789abcdef0'],
};

/** Of the network that each account has by itself. */
const DEFAULT_SUBNETS = ['subnet-00000001', 'subnet-00000002'];

/** What AWS does not know of a database, so that an import cannot bring it. */
const UNREAD = [
  'apply_immediately',
  'delete_automated_backups',
  // It says 17.6, and the provider takes that for what was wanted, which is 17.
  'engine_version',
  'manage_master_user_password',
  'master_user_secret_kms_key_id',
  'skip_final_snapshot',
  'timeouts',
];

const silently = () => undefined;

let emulator: Emulator;
let rds: RDSClient;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator({ accountId: ACCOUNT, region: REGION });
  rds = new RDSClient(clientSettings(emulator));
  folder = await mkdtemp(join(tmpdir(), 'rds-import-'));
});
afterAll(async () => {
  await emulator.stop();
  await rm(folder, { recursive: true });
});

/** As stacks/constructs/postgres.ts has it, with names instead of references. */
function configured(): Readonly<Record<string, unknown>> {
  const all = allResources(synthesiseStore(anEnvironment()));
  const { attributes = {} } = all.find(({ type }) => type === 'aws_db_instance') ?? {};
  const { depends_on: _, lifecycle: _lifecycle, ...own } = attributes;
  return {
    ...own,
    identifier: TARGET,
    db_subnet_group_name: GROUPS.DBSubnetGroupName,
    parameter_group_name: GROUPS.DBParameterGroupName,
    vpc_security_group_ids: GROUPS.VpcSecurityGroupIds,
    kms_key_id: KEY,
    master_user_secret_kms_key_id: KEY,
    performance_insights_kms_key_id: KEY,
  };
}

async function writeStack(instance: object): Promise<void> {
  const aws = { source: 'hashicorp/aws', version: '5.100.0' };
  const program = {
    terraform: { required_providers: { aws }, backend: { local: {} } },
    provider: { aws: { region: REGION } },
    resource: { aws_db_instance: { books: instance } },
  };
  await writeFile(join(folder, 'cdk.tf.json'), JSON.stringify(program));
  const lock = '.terraform.lock.hcl';
  await copyFile(join(import.meta.dirname, '../../../stacks', lock), join(folder, lock));
}

async function makeSource(own: Readonly<Record<string, unknown>>): Promise<void> {
  const described = { DBSubnetGroupDescription: 'isolated', SubnetIds: DEFAULT_SUBNETS };
  await rds.send(new CreateDBSubnetGroupCommand({ ...GROUPS, ...described }));
  const family = { DBParameterGroupFamily: 'postgres17', Description: 'settings' };
  await rds.send(new CreateDBParameterGroupCommand({ ...GROUPS, ...family }));
  await rds.send(
    new CreateDBInstanceCommand({
      ...GROUPS,
      ...settingsOf(own),
      DBInstanceIdentifier: SOURCE,
      Engine: 'postgres',
      EngineVersion: '17.6',
      DBInstanceClass: String(own['instance_class']),
      AllocatedStorage: Number(own['allocated_storage']),
      StorageType: 'gp3',
      StorageEncrypted: true,
      KmsKeyId: KEY,
      DBName: String(own['db_name']),
      MasterUsername: String(own['username']),
    }),
  );
  await eventually('a backup', async () => {
    const asked = new DescribeDBInstancesCommand({ DBInstanceIdentifier: SOURCE });
    return (await rds.send(asked)).DBInstances?.[0]?.LatestRestorableTime;
  });
}

/** What is set on one that is there, and on a new one. */
function settingsOf(own: Readonly<Record<string, unknown>>) {
  return {
    BackupRetentionPeriod: Number(own['backup_retention_period']),
    PreferredBackupWindow: String(own['backup_window']),
    PreferredMaintenanceWindow: String(own['maintenance_window']),
    MaxAllocatedStorage: Number(own['max_allocated_storage']),
    DatabaseInsightsMode: 'standard' as const,
    EnablePerformanceInsights: true,
    PerformanceInsightsKMSKeyId: KEY,
    PerformanceInsightsRetentionPeriod: 7,
    ManageMasterUserPassword: true,
    MasterUserSecretKmsKeyId: KEY,
  };
}

async function restore(own: Readonly<Record<string, unknown>>): Promise<void> {
  await rds.send(
    new RestoreDBInstanceToPointInTimeCommand({
      ...GROUPS,
      SourceDBInstanceIdentifier: SOURCE,
      TargetDBInstanceIdentifier: TARGET,
      UseLatestRestorableTime: true,
      CopyTagsToSnapshot: true,
      EnableCloudwatchLogsExports: ['postgresql', 'upgrade'],
      Tags: Object.entries(own['tags'] ?? {}).map(([Key, Value]) => ({
        Key,
        Value: String(Value),
      })),
    }),
  );
  await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: TARGET, ...settingsOf(own) }));
}

test('after an import only what AWS does not know is set, and then nothing is', async () => {
  const own = configured();
  await makeSource(own);
  await restore(own);
  await writeStack(own);
  const terraform = await Terraform.find(emulator.environment);
  const stack = new Stack(terraform, folder);
  await stack.connect();

  const imported = await terraform.run(folder, 'import', 'aws_db_instance.books', TARGET);
  const first = await stack.plan(silently);
  const shown = await terraform.run(folder, 'show', '-json', 'saved.tfplan');
  await stack.apply(silently);
  const second = await stack.plan(silently);

  expect(imported.errors).toBe('');
  expect(first.changes.map(({ action }) => action)).toEqual(['update']);
  expect(UNREAD).toEqual(expect.arrayContaining(changedIn(shown.output)));
  expect(second.isEmpty).toBe(true);
});

/** Attributes that a saved plan would change. */
function changedIn(plan: string): string[] {
  const { resource_changes: changes } = JSON.parse(plan) as {
    resource_changes: { change: Record<'before' | 'after', Record<string, unknown>> }[];
  };
  const { before = {}, after = {} } = changes[0]?.change ?? {};
  return Object.keys(after).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}
