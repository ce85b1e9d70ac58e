/** Against an emulated RDS whose databases are records. Each test goes on where the one before has stopped. */
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  DescribeDBInstancesCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { keptDatabases } from '../destroy/kept-databases.ts';
import { readState } from '../running/states.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { findBackup, requireSnapshot, windowsOf } from './backups.ts';
import { Course } from './course.ts';
import { describe as look, doorOf } from './database.ts';
import { makeDatabase } from './making.ts';
import type { RestoreRecord } from './record.ts';
import { readSettings } from './settings.ts';
import { situation } from './situation.ts';

const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const watch = { say: () => undefined, signal: new AbortController().signal };

let dev: EmulatedDev;
let rds: RDSClient;
let first: string;
let record: RestoreRecord;

beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
  const { region, prefix } = dev.environment;
  first = prefix;
  rds = new RDSClient({ region });
  await makeInstance(first);
  await dev.putState('database', {
    aws_db_instance: {
      identifier: first,
      kms_key_id: KEY,
      master_user_secret_kms_key_id: KEY,
      // More than the backup: it has grown since.
      allocated_storage: 30,
      instance_class: 'db.t4g.micro',
      vpc_security_group_ids: [],
      db_subnet_group_name: '',
      parameter_group_name: '',
      port: 5432,
      storage_type: 'gp3',
      ca_cert_identifier: 'rds-ca-rsa2048-g1',
      enabled_cloudwatch_logs_exports: ['postgresql', 'upgrade'],
      backup_retention_period: 1,
      backup_window: '01:00-02:00',
      maintenance_window: 'tue:02:30-tue:03:30',
      max_allocated_storage: 50,
      database_insights_mode: 'standard',
      performance_insights_enabled: true,
      performance_insights_kms_key_id: KEY,
      performance_insights_retention_period: 7,
      tags_all: { Environment: 'dev' },
    },
  });
});
afterAll(() => dev.emulator.stop());

async function makeInstance(DBInstanceIdentifier: string): Promise<void> {
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier,
      DBInstanceClass: 'db.t4g.micro',
      Engine: 'postgres',
      AllocatedStorage: 20,
      KmsKeyId: KEY,
      StorageEncrypted: true,
      MasterUsername: 'store_owner',
      ManageMasterUserPassword: true,
      MasterUserSecretKmsKeyId: KEY,
      BackupRetentionPeriod: 1,
    }),
  );
}

/** Until RDS has a moment to go back to: asked, not waited for. */
async function aMoment(): Promise<string> {
  for (;;) {
    const [, moment] = / to (\S+)$/.exec((await windowsOf(dev.environment, first))[0] ?? '') ?? [];
    if (moment !== undefined) return moment;
  }
}

test('a moment before the database was there is refused, and what can be restored is said', async () => {
  const latest = await aMoment();

  const early = findBackup(dev.environment, first, '2020-01-01T00:00:00.000Z');

  await expect(early).rejects.toThrow(
    `${first} was not there yet at 2020-01-01T00:00:00.000Z: it was made at `,
  );
  await expect(early).rejects.toThrow('It can be brought back to any moment from 20');
  expect(await findBackup(dev.environment, first, latest)).toEqual({
    source: { SourceDBInstanceIdentifier: first },
    of: first,
    size: 20,
  });
});

test('a moment that is not over yet is refused', async () => {
  await expect(findBackup(dev.environment, first, '2999-01-01T00:00:00.000Z')).rejects.toThrow(
    'AWS is about five minutes behind',
  );
});

test("another environment's snapshot is refused, also where its name begins as ours", async () => {
  for (const name of [first, `${first}-2`]) {
    if (name !== first) await makeInstance(name);
    const names = { DBSnapshotIdentifier: `${name}-kept`, DBInstanceIdentifier: name };
    await rds.send(new CreateDBSnapshotCommand(names));
  }
  const requireOurs = (id: string, key = KEY) => requireSnapshot(dev.environment, id, key);

  await expect(requireOurs(`${first}-2-kept`)).rejects.toThrow(`which is not dev's`);
  await expect(requireOurs('nowhere')).rejects.toThrow('there is no snapshot nowhere');
  await expect(requireOurs(`${first}-kept`, 'arn:another')).rejects.toThrow(
    'copy it with that key',
  );
  await expect(requireOurs(`${first}-kept`)).resolves.toBeUndefined();
});

test('the second database has the settings of the first, a login of its own and logs that end', async () => {
  const settings = await readSettings(dev.environment);
  const at = await aMoment();
  const to = `${first}-202611211830`;
  record = {
    phase: 'making',
    source: { at },
    from: first,
    to,
    undoes: false,
    begun: at,
    steps: [],
  };

  await makeDatabase(dev.environment, { record, settings, watch });

  const made = await look(dev.environment, to);
  expect(made).toMatchObject({
    DBInstanceClass: 'db.t4g.micro',
    AllocatedStorage: 30,
    PreferredMaintenanceWindow: 'tue:02:30-tue:03:30',
    BackupRetentionPeriod: 1,
    MasterUserSecret: { SecretStatus: 'active', KmsKeyId: KEY },
  });
  expect(doorOf(made)?.secretId).not.toBe(doorOf(await look(dev.environment, first))?.secretId);
  const { logGroups = [] } = await new CloudWatchLogsClient({
    region: dev.environment.region,
  }).send(new DescribeLogGroupsCommand({ logGroupNamePrefix: `/aws/rds/instance/${to}/` }));
  expect(logGroups.map(({ retentionInDays }) => retentionInDays)).toEqual([
    dev.environment.database.logDays,
    dev.environment.database.logDays,
  ]);
});

test('broken off and begun again, it goes on with the one that is there', async () => {
  const settings = await readSettings(dev.environment);

  await makeDatabase(dev.environment, { record, settings, watch });

  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({}));
  expect(DBInstances.filter(({ DBInstanceIdentifier: id }) => id === record.to)).toHaveLength(1);
});

test('whoever asks is told how far it has come, and what comes next', async () => {
  await new Course(dev.environment, record, 'somebody').enter('inspecting');

  const lines = await situation(dev.environment);

  expect(lines[0]).toContain('both are inspected, nothing is switched. Go on: npm run restore');
  expect(lines.join('\n')).toMatch(/202611211830: available/);
});

test('a destroy takes it along where data may be lost, and elsewhere refuses and says what to do', async () => {
  const { resources = [] } = (await readState(dev.environment, 'database')) ?? {};

  const kept = await keptDatabases(dev.environment, resources);
  const careful = keptDatabases({ ...dev.environment, dataMayBeLost: false }, resources);

  expect(kept).toEqual([record.to]);
  await expect(careful).rejects.toThrow('then --drop-old, or --undo');
});
