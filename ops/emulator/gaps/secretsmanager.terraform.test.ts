import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  CancelRotateSecretCommand,
  CreateSecretCommand,
  DescribeSecretCommand,
  ListSecretVersionIdsCommand,
  RotateSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Emulator } from '../emulator.ts';
import { type Both, clientSettings, startBoth } from '../testing/both.ts';

let both: Both;

beforeAll(async () => {
  both = await startBoth();
});

afterAll(() => both.stop());

/** @returns the ARN of the login that RDS made */
async function secretOfDatabase(emulator: Emulator) {
  const rds = new RDSClient(clientSettings(emulator));
  const { DBInstance } = await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'store',
      DBInstanceClass: 'db.t4g.micro',
      Engine: 'postgres',
      MasterUsername: 'store_owner',
      ManageMasterUserPassword: true,
    }),
  );
  return DBInstance?.MasterUserSecret?.SecretArn;
}

test('the rotation of what RDS made needs no function: it is planned without a new password, and called off', async () => {
  const secrets = new SecretsManagerClient(clientSettings(both.filled));
  const SecretId = await secretOfDatabase(both.filled);
  const days = { AutomaticallyAfterDays: 30 };
  await secrets.send(
    new RotateSecretCommand({ SecretId, RotationRules: days, RotateImmediately: false }),
  );

  const planned = await secrets.send(new DescribeSecretCommand({ SecretId }));
  const { Versions } = await secrets.send(new ListSecretVersionIdsCommand({ SecretId }));
  await secrets.send(new CancelRotateSecretCommand({ SecretId }));
  const cancelled = await secrets.send(new DescribeSecretCommand({ SecretId }));

  expect(planned).toMatchObject({ RotationEnabled: true, RotationRules: days });
  expect(Versions).toHaveLength(1);
  expect(cancelled.RotationEnabled).toBe(false);
});

test('a secret of our own is not changed without a function', async () => {
  const secrets = new SecretsManagerClient(clientSettings(both.filled));
  await secrets.send(new CreateSecretCommand({ Name: 'application' }));

  await expect(secrets.send(new RotateSecretCommand({ SecretId: 'application' }))).rejects.toThrow(
    'No Lambda rotation function ARN',
  );
});

test('without our filler no rotation is called off, and a planned one changes the secret', async () => {
  const secrets = new SecretsManagerClient(clientSettings(both.plain));
  const { ARN: SecretId } = await secrets.send(
    new CreateSecretCommand({ Name: 'plain', SecretString: 'x' }),
  );
  await secrets.send(new RotateSecretCommand({ SecretId, RotateImmediately: false }));
  const { Versions } = await secrets.send(new ListSecretVersionIdsCommand({ SecretId }));

  expect(Versions).toHaveLength(2);
  await expect(secrets.send(new CancelRotateSecretCommand({ SecretId }))).rejects.toThrow(
    'Unknown action',
  );
});
