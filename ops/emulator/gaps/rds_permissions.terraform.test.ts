import {
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  RDSClient,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import { type Emulator, startEmulator } from '../emulator.ts';
import { ACCOUNT, clientSettings, REGION } from '../testing/both.ts';
import { outcome, settingsOf } from '../testing/people.ts';

const BASE = `arn:aws:rds:${REGION}:${ACCOUNT}`;

/** All that a restore is about, also what it does not name. */
const GROUPS = [`${BASE}:subgrp:default`, `${BASE}:pg:own`, `${BASE}:og:default:postgres-17`];

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ accountId: ACCOUNT, region: REGION, authenticated: true });
  await new RDSClient(clientSettings(emulator)).send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'books',
      DBInstanceClass: 'db.t4g.micro',
      Engine: 'postgres',
      EngineVersion: '17.6',
      MasterUsername: 'owner',
      MasterUserPassword: 'a-long-password',
    }),
  );
});

afterAll(() => emulator.stop());

async function clientWho(Action: string, Resource: readonly string[]): Promise<RDSClient> {
  return new RDSClient(await settingsOf(emulator, { Action, Resource }));
}

/** @returns what happens to whoever may do it with all of these, and then without each of them */
async function outcomes(
  action: string,
  arns: readonly string[],
  ask: (client: RDSClient) => Promise<unknown>,
): Promise<Readonly<Record<string, string>>> {
  const said: Record<string, string> = {};
  said['with all'] = await outcome(ask(await clientWho(action, arns)));
  for (const missing of arns) {
    const others = arns.filter((arn) => arn !== missing);
    said[missing] = await outcome(ask(await clientWho(action, others)));
  }
  return said;
}

test('a restore is about the old database, the new one and its groups', async () => {
  const arns = [`${BASE}:db:books`, `${BASE}:db:books-of-then`, ...GROUPS];

  const said = await outcomes('rds:RestoreDBInstanceToPointInTime', arns, (client) =>
    client.send(
      new RestoreDBInstanceToPointInTimeCommand({
        SourceDBInstanceIdentifier: 'books',
        TargetDBInstanceIdentifier: 'books-of-then',
        DBParameterGroupName: 'own',
        UseLatestRestorableTime: true,
      }),
    ),
  );

  expect(said).toEqual({ 'with all': 'allowed', ...denied(arns) });
});

test('a snapshot is of a database, and a restore of a snapshot', async () => {
  const snapshot = `${BASE}:snapshot:last`;
  const made = [`${BASE}:db:books`, snapshot];
  const restored = [snapshot, `${BASE}:db:books-again`, ...GROUPS];

  const making = await outcomes('rds:CreateDBSnapshot', made, (client) =>
    client.send(
      new CreateDBSnapshotCommand({ DBInstanceIdentifier: 'books', DBSnapshotIdentifier: 'last' }),
    ),
  );
  const restoring = await outcomes('rds:RestoreDBInstanceFromDBSnapshot', restored, (client) =>
    client.send(
      new RestoreDBInstanceFromDBSnapshotCommand({
        DBSnapshotIdentifier: 'last',
        DBInstanceIdentifier: 'books-again',
        DBParameterGroupName: 'own',
      }),
    ),
  );

  expect(making).toEqual({ 'with all': 'allowed', ...denied(made) });
  expect(restoring).toEqual({ 'with all': 'allowed', ...denied(restored) });
});

function denied(arns: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(arns.map((arn) => [arn, 'denied']));
}
