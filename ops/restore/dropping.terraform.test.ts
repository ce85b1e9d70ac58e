/** Against an emulated RDS whose databases are records. */
import { CreateDBInstanceCommand, RDSClient, StopDBInstanceCommand } from '@aws-sdk/client-rds';
import { endRestore } from '../destroy/kept-databases.ts';
import { presentDatabase } from '../running/present-database.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { findBackup, windowsOf } from './backups.ts';
import { describe as look, doorOf } from './database.ts';
import { drop } from './dropping.ts';
import { doorFrom } from './parts.ts';
import { readRestore, type RestoreRecord, writeRestore } from './record.ts';

const watch = { say: () => undefined, signal: new AbortController().signal };

let dev: EmulatedDev;
let rds: RDSClient;
let first: string;
let second: string;

beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
  const { region, prefix } = dev.environment;
  [first, second] = [prefix, `${prefix}-202611211830`];
  rds = new RDSClient({ region });
  for (const DBInstanceIdentifier of [first, second]) {
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier,
        DBInstanceClass: 'db.t4g.micro',
        Engine: 'postgres',
        AllocatedStorage: 20,
        MasterUsername: 'store_owner',
        ManageMasterUserPassword: true,
        BackupRetentionPeriod: 7,
        DeletionProtection: true,
        VpcSecurityGroupIds: ['sg-0123456789abcdef0'],
      }),
    );
  }
});
afterAll(() => dev.emulator.stop());

function recordOf(): RestoreRecord {
  const begun = '2026-11-21T18:30:00.000Z';
  return {
    phase: 'kept',
    source: { at: begun },
    from: first,
    to: second,
    undoes: false,
    begun,
    steps: [],
  };
}

test('one whose security group was exchanged by hand is cut off', async () => {
  const { environment } = dev;
  const leftWith = (VpcSecurityGroupIds: string[]) =>
    doorFrom({
      environment,
      course: { record: recordOf() },
      settings: { atBirth: { VpcSecurityGroupIds } },
    });

  expect(await leftWith(['sg-0123456789abcdef0'])).toEqual(doorOf(await look(environment, first)));
  expect(await leftWith(['sg-another'])).toBeUndefined();
});

test('the database that serves is the one that the state knows', async () => {
  expect(await presentDatabase(dev.environment)).toBe(first);

  await dev.putState('database', { aws_db_instance: { identifier: second } });

  expect(await presentDatabase(dev.environment)).toBe(second);
});

test('one that is stopped and protected is dropped all the same, and once more is no trouble', async () => {
  await rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: first }));
  const doomed = { name: first, snapshot: `${first}-left` };

  for (const _ of [1, 2]) {
    await drop({ ...dev.environment, dataMayBeLost: false }, doomed, watch);
  }

  expect(await look(dev.environment, first)).toBeUndefined();
}, 60_000);

test('the backup that a dropped one leaves can still be gone back to', async () => {
  const windows = await windowsOf(dev.environment, second);
  const [, at = ''] =
    / to (\S+) \(of /.exec(windows.find((one) => one.includes(first)) ?? '') ?? [];

  const dropped = await findBackup(dev.environment, first, at);

  expect(windows.at(-1)).toMatch(new RegExp(`\\(of ${first}\\)$`));
  expect(dropped).toMatchObject({
    source: { SourceDbiResourceId: expect.stringMatching(/^db-/) },
    of: first,
  });
});

test('a destroy ends a restore of which nothing is left', async () => {
  await writeRestore(dev.environment, recordOf());

  for (const _ of [1, 2]) await endRestore(dev.environment);

  expect(await readRestore(dev.environment)).toBeUndefined();
});
