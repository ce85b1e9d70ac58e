import {
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  type DBInstance,
  DeleteDBInstanceCommand,
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  ModifyDBInstanceCommand,
  RDSClient,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
  type RestoreDBInstanceToPointInTimeCommandInput,
} from '@aws-sdk/client-rds';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { eventually } from '../containers/testing/runs.ts';
import { type Both, clientSettings, startBoth } from '../testing/both.ts';

const SOURCE = { DBInstanceIdentifier: 'books' };

/** What a new database has of the old one without being asked for it. */
const inherited = {
  AllocatedStorage: 30,
  BackupRetentionPeriod: 3,
  DBInstanceClass: 'db.t4g.small',
  DBName: 'store',
  EngineVersion: '17.6',
  MasterUsername: 'owner',
  MaxAllocatedStorage: 90,
  PreferredBackupWindow: '01:00-02:00',
  StorageEncrypted: true,
  StorageType: 'gp3',
} satisfies DBInstance;

let both: Both;
let rds: RDSClient;
let latest: Date;

beforeAll(async () => {
  both = await startBoth();
  rds = new RDSClient(clientSettings(both.filled));
  await make(SOURCE.DBInstanceIdentifier, inherited.BackupRetentionPeriod);
  latest = await eventually('a backup', async () => {
    return (await describe(SOURCE.DBInstanceIdentifier)).LatestRestorableTime;
  });
});

afterAll(() => both.stop());

async function make(DBInstanceIdentifier: string, BackupRetentionPeriod: number): Promise<void> {
  await rds.send(
    new CreateDBInstanceCommand({
      ...inherited,
      DBInstanceIdentifier,
      BackupRetentionPeriod,
      Engine: 'postgres',
      ManageMasterUserPassword: true,
      DeletionProtection: true,
    }),
  );
}

async function describe(DBInstanceIdentifier: string): Promise<DBInstance> {
  const found = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
  return found.DBInstances?.[0] ?? {};
}

async function restore(wish: Partial<RestoreDBInstanceToPointInTimeCommandInput>): Promise<void> {
  await rds.send(
    new RestoreDBInstanceToPointInTimeCommand({
      SourceDBInstanceIdentifier: SOURCE.DBInstanceIdentifier,
      TargetDBInstanceIdentifier: 'never',
      ...wish,
    }),
  );
}

test('a restored database has the old one’s settings, but neither its protection nor its secret', async () => {
  const target = { DBInstanceIdentifier: 'books-of-then' };

  await restore({ TargetDBInstanceIdentifier: 'books-of-then', RestoreTime: latest });
  const restored = await describe('books-of-then');
  await rds.send(new ModifyDBInstanceCommand({ ...target, ManageMasterUserPassword: true }));
  const { MasterUserSecret, DBInstanceArn } = await describe('books-of-then');
  const secret = await new SecretsManagerClient(clientSettings(both.filled)).send(
    new DescribeSecretCommand({ SecretId: MasterUserSecret?.SecretArn }),
  );

  expect(restored).toMatchObject({ ...inherited, DeletionProtection: false, MultiAZ: false });
  expect(restored.MasterUserSecret).toBeUndefined();
  expect(secret.Name).toMatch(/^rds!db-/);
  expect(secret.Tags).toEqual([
    { Key: 'aws:secretsmanager:owningService', Value: 'rds' },
    { Key: 'aws:rds:primaryDBInstanceArn', Value: DBInstanceArn },
  ]);
});

test('a snapshot that is being made cannot be used yet, and then it can', async () => {
  const snapshot = { DBSnapshotIdentifier: 'last' };
  const { DBSnapshot } = await rds.send(new CreateDBSnapshotCommand({ ...SOURCE, ...snapshot }));
  await eventually('a snapshot', async () => {
    const { DBSnapshots } = await rds.send(new DescribeDBSnapshotsCommand(snapshot));
    return DBSnapshots?.[0]?.Status === 'available' ? true : undefined;
  });

  const target = { DBInstanceIdentifier: 'books-again' };
  await rds.send(new RestoreDBInstanceFromDBSnapshotCommand({ ...snapshot, ...target }));

  expect(DBSnapshot?.Status).toBe('creating');
  expect(await describe('books-again')).toMatchObject(inherited);
});

test('what AWS refuses is refused in its words', async () => {
  await make('careless', 0);
  const { DBInstanceAutomatedBackups = [] } = await rds.send(
    new DescribeDBInstanceAutomatedBackupsCommand(SOURCE),
  );
  const { EarliestTime = new Date() } = DBInstanceAutomatedBackups[0]?.RestoreWindow ?? {};
  const UseLatestRestorableTime = true;

  const said = await Promise.all([
    refusal(restore({ RestoreTime: new Date(EarliestTime.getTime() - 1000) })),
    refusal(restore({ RestoreTime: new Date(Date.now() + 60_000) })),
    refusal(restore({ TargetDBInstanceIdentifier: 'books', UseLatestRestorableTime })),
    refusal(restore({ SourceDBInstanceIdentifier: 'careless', UseLatestRestorableTime })),
    refusal(restore({ SourceDBInstanceIdentifier: 'nobody', UseLatestRestorableTime })),
    refusal(restore({ UseLatestRestorableTime, ManageMasterUserPassword: true })),
    refusal(
      rds.send(
        new RestoreDBInstanceFromDBSnapshotCommand({
          DBSnapshotIdentifier: 'none',
          DBInstanceIdentifier: 'never',
        }),
      ),
    ),
    refusal(rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'careless' }))),
  ]);

  expect(said).toEqual([
    expect.stringMatching(/^InvalidParameterValue: .* earlier than .*Z because its backup/),
    expect.stringMatching(/^InvalidParameterValue: .* cannot be restored to a time later than .*Z/),
    expect.stringMatching(/^DBInstanceAlreadyExists/),
    expect.stringMatching(/^PointInTimeRestoreNotEnabled/),
    expect.stringMatching(/^DBInstanceNotFound/),
    expect.stringMatching(/^InvalidParameterCombination: .*Oracle/),
    expect.stringMatching(/^DBSnapshotNotFound/),
    expect.stringMatching(/^InvalidParameterCombination/),
  ]);
});

async function refusal(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'done';
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

test('without our filler there is no way back in time', async () => {
  const plain = new RDSClient(clientSettings(both.plain));

  const question = new DescribeDBInstanceAutomatedBackupsCommand({});

  await expect(plain.send(question)).rejects.toThrow('Unknown RDS action');
});
