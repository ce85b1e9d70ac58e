/** What keeps an environment from being destroyed, before anything is. */
import { CreateClusterCommand, DeleteClusterCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  DeleteDBInstanceCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { withReleaseLock } from '../release/lock.ts';
import { destroyEnvironment } from './environment.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';

let dev: EmulatedDev;
let written: string[];
beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
});
afterAll(() => dev.emulator.stop());
beforeEach(() => {
  written = [];
  process.env['STORE_STATE_BUCKET'] = '';
  import.meta.jest.spyOn(console, 'log').mockImplementation((line: string) => written.push(line));
});

const destroy = (name: string, confirm?: string) =>
  destroyEnvironment({ table: dev.table, name, confirm, yes: true });

test('for production a yes is not enough, nor another name', async () => {
  await expect(destroy('prod')).rejects.toThrow('add --confirm prod');
  await expect(destroy('prod', 'dev')).rejects.toThrow("--confirm says 'dev', but prod");
});

test('while a release is at work it is refused, with who it is', async () => {
  await withReleaseLock(dev.environment, 'ada', async () => {
    await expect(destroy('dev')).rejects.toThrow('another release is at work: ada');
  });
});

test('a database that is protected is named, with both ways out', async () => {
  const identifier = 'fargate-store-dev';
  const rds = new RDSClient({ region: dev.environment.region });
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: identifier,
      DBInstanceClass: 'db.t4g.micro',
      Engine: 'postgres',
      DeletionProtection: true,
    }),
  );
  await dev.putState('database', { aws_db_instance: { identifier, skip_final_snapshot: true } });

  const refusal = destroy('dev');

  await expect(refusal).rejects.toThrow(/dataMayBeLost: true for dev/);
  await expect(refusal).rejects.toThrow(/aws rds modify-db-instance .* --no-deletion-protection/);
});

test('a protected database of production has one way out: its table knows no other', async () => {
  const state = {
    resources: [
      {
        mode: 'managed',
        type: 'aws_db_instance',
        instances: [{ attributes: { identifier: 'fargate-store-dev', skip_final_snapshot: true } }],
      },
    ],
  };
  await dev.putObject('prod-database.tfstate', JSON.stringify(state));

  const refusal = destroy('prod', 'prod');

  await expect(refusal).rejects.toThrow('by hand');
  await expect(refusal).rejects.not.toThrow('dataMayBeLost');
});

test('the snapshot of an earlier database would be in the way, so it is named', async () => {
  const identifier = 'fargate-store-dev';
  const rds = new RDSClient({ region: dev.environment.region });
  await rds.send(
    new ModifyDBInstanceCommand({ DBInstanceIdentifier: identifier, DeletionProtection: false }),
  );
  await rds.send(
    new CreateDBSnapshotCommand({ DBInstanceIdentifier: identifier, DBSnapshotIdentifier: 'last' }),
  );
  await dev.putState('database', {
    aws_db_instance: { identifier, skip_final_snapshot: false, final_snapshot_identifier: 'last' },
  });

  await expect(destroy('dev')).rejects.toThrow('the last snapshot of an earlier database, last');
});

test.each([
  ['without the name of the bucket', 'a-bucket-that-nobody-made'],
  ['with a bucket that has no state of it', ''],
])('%s nothing is said to be gone that runs', async (_, bucket) => {
  const { region } = dev.environment;
  const clusterName = 'fargate-store-dev';
  await new ECSClient({ region }).send(new CreateClusterCommand({ clusterName }));
  await dev.putState('database', {});
  process.env['STORE_STATE_BUCKET'] = bucket;

  const refusal = destroy('dev');

  await expect(refusal).rejects.toThrow(
    'there are still the cluster fargate-store-dev and the database fargate-store-dev',
  );
  await expect(refusal).rejects.toThrow('set STORE_STATE_BUCKET=<name>');
});

test('without a bucket, a cluster and a database nothing is left to destroy', async () => {
  const { region } = dev.environment;
  const cluster = 'fargate-store-dev';
  await new ECSClient({ region }).send(new DeleteClusterCommand({ cluster }));
  await new RDSClient({ region }).send(
    new DeleteDBInstanceCommand({ DBInstanceIdentifier: cluster, SkipFinalSnapshot: true }),
  );
  process.env['STORE_STATE_BUCKET'] = 'a-bucket-that-nobody-made';

  await destroy('dev');

  expect(written.join('\n')).toContain('nothing runs any more');
});

test('where nothing is left it says what stays', async () => {
  await dev.putState('database', {});

  await destroy('dev');

  expect(written.join('\n')).toMatch(
    /nothing runs any more[^]*the snapshot last[^]*releases\/dev\//,
  );
});
