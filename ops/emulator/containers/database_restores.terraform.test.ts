/** Databases from backups: with the rows of then, under a name of their own. */
import {
  CreateDBSnapshotCommand,
  type DBInstance,
  DeleteDBInstanceAutomatedBackupCommand,
  DeleteDBInstanceCommand,
  DeleteDBSnapshotCommand,
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  ModifyDBInstanceCommand,
  type RDSClient,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { leftOf } from './network.ts';
import { Databases } from './testing/databases.ts';
import { eventually } from './testing/runs.ts';
import { DATABASE, Stage } from './testing/stage.ts';
import { areThereContainers } from './testing/with-containers.ts';

const { DBInstanceIdentifier: SOURCE, MasterUsername, DBName } = DATABASE;
const SNAPSHOT = { DBSnapshotIdentifier: 'before-the-sale' };

let stage: Stage;
let databases: Databases;
let rds: RDSClient;
/** When all books were there; and the address of the database. */
let then: Date;
let source: DBInstance;

beforeAll(async () => {
  if (!areThereContainers) return;
  stage = await Stage.open({}, 'empty');
  databases = new Databases(stage);
  ({ rds } = databases);
  await stage.startDatabase();
  source = await databases.available(SOURCE);
  await databases.backedUp(SOURCE, new Date());
  await databases.sql(source, `CREATE TABLE books AS SELECT generate_series(1, 1000) AS id`);
  then = new Date(await databases.sql(source, `SELECT to_json(clock_timestamp())#>>'{}'`));
  await rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier: SOURCE, ...SNAPSHOT }));
  await eventually('a snapshot', async () => {
    const { DBSnapshots } = await rds.send(new DescribeDBSnapshotsCommand(SNAPSHOT));
    return DBSnapshots?.[0]?.Status === 'available' ? true : undefined;
  });
  await databases.sql(source, 'DELETE FROM books');
  await databases.backedUp(SOURCE, then);
});

afterAll(async () => {
  if (areThereContainers) await stage.close();
});

const COUNT = 'SELECT count(*), pg_is_in_recovery() FROM books';

test('a database of then has the rows of then, and its owner a login of its own', async () => {
  const target = { DBInstanceIdentifier: 'books-of-then' };
  const { DBInstance: begun } = await rds.send(
    new RestoreDBInstanceToPointInTimeCommand({
      SourceDBInstanceIdentifier: SOURCE,
      TargetDBInstanceIdentifier: target.DBInstanceIdentifier,
      RestoreTime: then,
      DeletionProtection: true,
    }),
  );
  const restored = await databases.available(target.DBInstanceIdentifier);

  const rows = await databases.sql(restored, COUNT);
  await rds.send(new ModifyDBInstanceCommand({ ...target, ManageMasterUserPassword: true }));
  const { MasterUserSecret } = await databases.describe(target.DBInstanceIdentifier);
  const secrets = new SecretsManagerClient(stage.client());
  const { SecretString = '{}' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: MasterUserSecret?.SecretArn }),
  );
  const { password } = JSON.parse(SecretString) as { password: string };

  expect(begun?.DBInstanceStatus).toBe('creating');
  expect(restored).toMatchObject({ DBName, MasterUsername, DeletionProtection: true });
  expect(restored.Endpoint?.Address).toMatch(/^books-of-then\./);
  expect(rows).toBe('1000|f');
  expect(await databases.sql(restored, COUNT, password)).toBe('1000|f');
  await expect(databases.sql(restored, COUNT)).rejects.toThrow('password authentication failed');
  expect(await databases.sql(source, COUNT)).toBe('0|f');
});

test('what was written last is there when the latest time is asked for', async () => {
  await databases.sql(source, `CREATE TABLE IF NOT EXISTS sales AS SELECT 7 AS id`);
  await rds.send(
    new RestoreDBInstanceToPointInTimeCommand({
      SourceDBInstanceIdentifier: SOURCE,
      TargetDBInstanceIdentifier: 'books-of-now',
      UseLatestRestorableTime: true,
    }),
  );

  const restored = await databases.available('books-of-now');

  expect(await databases.sql(restored, 'SELECT id FROM sales')).toBe('7');
});

test('a snapshot outlives its database, and becomes one with its rows', async () => {
  const target = { DBInstanceIdentifier: 'books-of-the-snapshot' };
  await rds.send(new RestoreDBInstanceFromDBSnapshotCommand({ ...SNAPSHOT, ...target }));
  await databases.sql(
    await databases.available(target.DBInstanceIdentifier),
    'DELETE FROM books WHERE id > 2',
  );
  const final = { DBSnapshotIdentifier: 'two-books' };
  await rds.send(
    new DeleteDBInstanceCommand({
      ...target,
      FinalDBSnapshotIdentifier: final.DBSnapshotIdentifier,
    }),
  );

  await rds.send(new RestoreDBInstanceFromDBSnapshotCommand({ ...final, ...target }));
  const restored = await databases.available(target.DBInstanceIdentifier);

  expect(await databases.sql(restored, COUNT)).toBe('2|f');
});

test('one can go back as far as the first backup, and no further', async () => {
  const { DBInstanceAutomatedBackups } = await rds.send(
    new DescribeDBInstanceAutomatedBackupsCommand({ DBInstanceIdentifier: SOURCE }),
  );
  const { EarliestTime = new Date(0) } = DBInstanceAutomatedBackups?.[0]?.RestoreWindow ?? {};
  const restoreTo = async (RestoreTime: Date) =>
    rds.send(
      new RestoreDBInstanceToPointInTimeCommand({
        SourceDBInstanceIdentifier: SOURCE,
        TargetDBInstanceIdentifier: 'never',
        RestoreTime,
      }),
    );

  expect(EarliestTime.getTime()).toBeLessThan(then.getTime());
  await expect(restoreTo(new Date(EarliestTime.getTime() - 1000))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: expect.stringContaining('cannot be restored to a time earlier than') as string,
  });
  await expect(restoreTo(new Date(Date.now() + 60_000))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: expect.stringContaining('cannot be restored to a time later than') as string,
  });
});

test('a database that was deleted comes back from the backups that were retained', async () => {
  const SourceDbiResourceId = source.DbiResourceId;
  const target = 'books-of-long-ago';
  await rds.send(
    new DeleteDBInstanceCommand({
      DBInstanceIdentifier: SOURCE,
      SkipFinalSnapshot: true,
      DeleteAutomatedBackups: false,
    }),
  );
  const { DBInstanceAutomatedBackups } = await rds.send(
    new DescribeDBInstanceAutomatedBackupsCommand({ DBInstanceIdentifier: SOURCE }),
  );

  await rds.send(
    new RestoreDBInstanceToPointInTimeCommand({
      SourceDbiResourceId,
      TargetDBInstanceIdentifier: target,
      RestoreTime: then,
    }),
  );
  const rows = await databases.sql(await databases.available(target), COUNT);
  await rds.send(
    new DeleteDBInstanceAutomatedBackupCommand({ DbiResourceId: SourceDbiResourceId }),
  );

  expect(DBInstanceAutomatedBackups).toMatchObject([{ Status: 'retained' }]);
  expect(rows).toBe('1000|f');
});

test('what was kept goes with the last database and the last snapshot', async () => {
  const kept = `volume ${stage.network.name}-backups`;
  const before = await leftOf(stage.network.name);
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({}));
  for (const { DBInstanceIdentifier, DeletionProtection } of DBInstances) {
    if (DeletionProtection === true)
      await rds.send(
        new ModifyDBInstanceCommand({ DBInstanceIdentifier, DeletionProtection: false }),
      );
    await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));
  }
  const between = await leftOf(stage.network.name);
  for (const DBSnapshotIdentifier of [SNAPSHOT.DBSnapshotIdentifier, 'two-books'])
    await rds.send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier }));

  expect(before).toContain(kept);
  expect(between).toEqual([`network ${stage.network.name}`, kept]);
  expect(await leftOf(stage.network.name)).toEqual([`network ${stage.network.name}`]);
});
