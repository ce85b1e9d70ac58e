/** A second database beside the first, with the same settings. */
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  type DBInstance,
  RDSClient,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import type { Environment } from '../../stacks/place.ts';
import { wait } from '../deployment/interruption.ts';
import { Refusal } from '../deployment/refusal.ts';
import { findBackup, sizeOfSnapshot } from './backups.ts';
import { describe, modify, PAUSE, untilReady, type Watch } from './database.ts';
import { logGroupsOf } from './database-names.ts';
import type { RestoreRecord } from './record.ts';
import type { Settings } from './settings.ts';

interface Making {
  readonly record: RestoreRecord;
  readonly settings: Settings;
  readonly watch: Watch;
}

/** How often its settings are asked for, each time when it is available. */
const TRIES = 24;

/** Makes it, or goes on with the one that an earlier run has begun. @throws Refusal, Interrupted */
export async function makeDatabase(
  environment: Environment,
  { record, settings, watch }: Making,
): Promise<void> {
  const { to } = record;
  await makeLogGroups(environment, to, settings);
  if ((await describe(environment, to)) === undefined) {
    await begin(environment, record, { settings, watch });
  }
  const made = await untilReady(environment, to, watch);
  if (isSettled(made, settings)) return;
  await settle(environment, to, { settings, watch });
  await untilReady(environment, to, watch, (instance) => isSettled(instance, settings));
}

/** RDS would make them itself, and keep what is in them for ever. */
export async function makeLogGroups(
  { region }: Environment,
  database: string,
  { logDays, tags }: Pick<Settings, 'logDays' | 'tags'>,
): Promise<void> {
  const client = new CloudWatchLogsClient({ region });
  for (const logGroupName of logGroupsOf(database)) {
    try {
      await client.send(new CreateLogGroupCommand({ logGroupName, tags }));
    } catch (error) {
      if ((error as Error).name !== 'ResourceAlreadyExistsException') throw error;
    }
    await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: logDays }));
  }
}

async function begin(
  environment: Environment,
  { source, to, from }: RestoreRecord,
  { settings, watch }: Pick<Making, 'settings' | 'watch'>,
): Promise<void> {
  const { region } = environment;
  const client = new RDSClient({ region });
  const present = (await describe(environment, settings.name))?.AllocatedStorage ?? 0;
  // A backup has the size of its day: with that the next plan would grow the new one at once.
  const sized = (size: number) => {
    const { AllocatedStorage: known } = settings.atBirth;
    return { ...settings.atBirth, AllocatedStorage: Math.max(size, known, present) };
  };
  if ('snapshot' in source) {
    watch.say('asks RDS for it');
    await client.send(
      new RestoreDBInstanceFromDBSnapshotCommand({
        DBSnapshotIdentifier: source.snapshot,
        DBInstanceIdentifier: to,
        ...sized(await sizeOfSnapshot(environment, source.snapshot)),
      }),
    );
    return;
  }
  const backup = await findBackup(environment, from, source.at);
  watch.say(`asks RDS for it, from the backup of ${backup.of}`);
  await client.send(
    new RestoreDBInstanceToPointInTimeCommand({
      ...backup.source,
      TargetDBInstanceIdentifier: to,
      RestoreTime: new Date(source.at),
      ...sized(backup.size),
    }),
  );
}

/** What a restore cannot be asked for. A backup may begin between a look and this. */
async function settle(
  environment: Environment,
  name: string,
  { settings, watch }: Pick<Making, 'settings' | 'watch'>,
): Promise<void> {
  for (let left = TRIES; left > 0; left -= 1) {
    const change = { DBInstanceIdentifier: name, ...settings.afterwards };
    if (await modify(environment, change)) return;
    await wait(PAUSE, watch.signal);
    await untilReady(environment, name, watch);
  }
  throw new Refusal(`RDS does not change ${name}, although it is available: see its events in RDS`);
}

function isSettled(
  { MasterUserSecret, PendingModifiedValues = {}, ...instance }: DBInstance,
  { afterwards }: Settings,
): boolean {
  return (
    MasterUserSecret?.SecretStatus === 'active' &&
    Object.keys(PendingModifiedValues).length === 0 &&
    instance.PreferredMaintenanceWindow === afterwards.PreferredMaintenanceWindow &&
    instance.BackupRetentionPeriod === afterwards.BackupRetentionPeriod &&
    instance.PerformanceInsightsEnabled === afterwards.EnablePerformanceInsights
  );
}
