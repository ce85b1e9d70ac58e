import {
  CreateDBInstanceCommand,
  type DBInstance,
  DeleteDBInstanceCommand,
  DeleteDBSnapshotCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Emulator } from '../emulator.ts';
import { ACCOUNT, type Both, clientSettings, REGION, startBoth } from '../testing/both.ts';

const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;

/** What `aws_db_instance` reads back, and MiniStack forgets. */
const forgotten = {
  PreferredBackupWindow: '01:00-02:00',
  DatabaseInsightsMode: 'standard',
  PerformanceInsightsKMSKeyId: KEY,
  EnabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
} satisfies DBInstance;

let both: Both;
let number = 0;

beforeAll(async () => {
  both = await startBoth();
});

afterAll(() => both.stop());

function clients(emulator: Emulator) {
  const settings = clientSettings(emulator);
  return { rds: new RDSClient(settings), secrets: new SecretsManagerClient(settings) };
}

async function makeDatabase(emulator: Emulator) {
  const { rds, secrets } = clients(emulator);
  const name = `store-${(number += 1)}`;
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: name,
      DBInstanceClass: 'db.t4g.micro',
      Engine: 'postgres',
      MasterUsername: 'store_owner',
      ManageMasterUserPassword: true,
      MasterUserSecretKmsKeyId: KEY,
      PreferredBackupWindow: forgotten.PreferredBackupWindow,
      DatabaseInsightsMode: forgotten.DatabaseInsightsMode,
      EnablePerformanceInsights: true,
      PerformanceInsightsKMSKeyId: KEY,
      EnableCloudwatchLogsExports: forgotten.EnabledCloudwatchLogsExports,
    }),
  );
  const describe = async () => {
    const found = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: name }));
    return found.DBInstances?.[0];
  };
  return {
    rds,
    secrets,
    name,
    describe,
    SecretId: (await describe())?.MasterUserSecret?.SecretArn,
  };
}

test('the owner of a database has a secret that RDS made and changes, with our key', async () => {
  const { secrets, describe, SecretId } = await makeDatabase(both.filled);

  const described = await secrets.send(new DescribeSecretCommand({ SecretId }));
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));

  expect((await describe())?.MasterUserSecret).toMatchObject({
    SecretStatus: 'active',
    KmsKeyId: KEY,
  });
  expect(described).toMatchObject({ OwningService: 'rds', KmsKeyId: KEY, RotationEnabled: true });
  expect(described.Name).toMatch(/^rds!db-/);
  expect(JSON.parse(SecretString)).toEqual({
    username: 'store_owner',
    password: expect.stringMatching(/^.{16,}$/) as string,
  });
});

test('the settings of a database are read back, also changed ones', async () => {
  const { rds, name, describe } = await makeDatabase(both.filled);
  const made = await describe();

  await rds.send(
    new ModifyDBInstanceCommand({
      DBInstanceIdentifier: name,
      DatabaseInsightsMode: 'advanced',
      PerformanceInsightsRetentionPeriod: 465,
      CloudwatchLogsExportConfiguration: { DisableLogTypes: ['upgrade'] },
    }),
  );

  expect(made).toMatchObject(forgotten);
  expect(await describe()).toMatchObject({
    ...forgotten,
    DatabaseInsightsMode: 'advanced',
    PerformanceInsightsRetentionPeriod: 465,
    EnabledCloudwatchLogsExports: ['postgresql'],
  });
});

test('a database leaves its final snapshot behind, and no secret', async () => {
  const { rds, secrets, name, SecretId } = await makeDatabase(both.filled);
  const final = { DBSnapshotIdentifier: `${name}-final` };
  await rds.send(
    new DeleteDBInstanceCommand({
      DBInstanceIdentifier: name,
      FinalDBSnapshotIdentifier: final.DBSnapshotIdentifier,
    }),
  );

  const { DBSnapshots } = await rds.send(new DescribeDBSnapshotsCommand(final));
  await rds.send(new DeleteDBSnapshotCommand(final));

  expect(DBSnapshots).toMatchObject([{ Status: 'available', DBInstanceIdentifier: name }]);
  await expect(secrets.send(new DescribeSecretCommand({ SecretId }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(rds.send(new DescribeDBSnapshotsCommand(final))).rejects.toThrow('not found');
});

test('without our filler there is no secret, and the settings are forgotten', async () => {
  const { describe, SecretId } = await makeDatabase(both.plain);
  const made = await describe();

  expect(SecretId).toBeUndefined();
  const kept = Object.entries(forgotten).filter(
    ([name, value]) => JSON.stringify(made?.[name as keyof DBInstance]) === JSON.stringify(value),
  );
  expect(kept).toEqual([]);
});
