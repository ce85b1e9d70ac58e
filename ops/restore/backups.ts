/** Whether there is something to restore from. Asked before anything is made. */
import {
  type DBInstanceAutomatedBackup,
  type DBSnapshot,
  DescribeDBSnapshotsCommand,
  paginateDescribeDBInstanceAutomatedBackups,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { unlessGone } from '../running/unless-gone.ts';
import { isDatabaseOf } from './database-names.ts';

type Place = Pick<Environment, 'region' | 'prefix'>;

interface Backup {
  /** How RDS is told which one is meant; of a database that was deleted it knows the id only. */
  readonly source:
    | { readonly SourceDBInstanceIdentifier: string }
    | { readonly SourceDbiResourceId: string };
  /** Identifier of the database that it is of. */
  readonly of: string;
  /** GiB: less cannot hold it. */
  readonly size: number;
}

/**
 * The backup that holds a moment: the present database's, or of one that was dropped.
 * @throws Refusal with what can be restored instead
 */
export async function findBackup(
  environment: Place,
  database: string,
  at: string,
): Promise<Backup> {
  const backups = await backupsOf(environment, database);
  const moment = Date.parse(at);
  const found = backups.find((backup) => {
    const { from, to } = windowOf(backup);
    return from <= moment && moment <= to;
  });
  if (found === undefined) throw new Refusal(outside(database, at, backups));
  const { Status, DbiResourceId, DBInstanceIdentifier: of = database } = found;
  const isRetained = Status === 'retained' && DbiResourceId !== undefined;
  const source = isRetained
    ? { SourceDbiResourceId: DbiResourceId }
    : { SourceDBInstanceIdentifier: of };
  return { source, of, size: found.AllocatedStorage ?? 0 };
}

/** A line for each stretch of time that can be gone back to. */
export async function windowsOf(environment: Place, database: string): Promise<string[]> {
  return (await backupsOf(environment, database)).map((backup) => inWords(backup, database));
}

/** @throws Refusal when it is another environment's, unfinished, or encrypted with another key */
export async function requireSnapshot(
  environment: Environment,
  id: string,
  keyArn: string,
): Promise<void> {
  const snapshot = await snapshotOf(environment.region, id);
  if (snapshot === undefined) throw new Refusal(`there is no snapshot ${id}: ${LIST}`);
  const { DBInstanceIdentifier: database = '', Status, KmsKeyId } = snapshot;
  if (!isDatabaseOf(environment, database)) {
    throw new Refusal(
      `the snapshot ${id} is of the database ${database}, which is not ${environment.name}'s`,
    );
  }
  if (Status !== 'available') throw new Refusal(`the snapshot ${id} is ${Status ?? 'not ready'}`);
  if (KmsKeyId !== undefined && KmsKeyId !== keyArn) {
    throw new Refusal(
      `the snapshot ${id} is encrypted with ${KmsKeyId}, the database with ${keyArn}: copy it with that key first (aws rds copy-db-snapshot --kms-key-id ${keyArn})`,
    );
  }
}

const LIST = 'aws rds describe-db-snapshots lists them';

async function snapshotOf(region: string, id: string): Promise<DBSnapshot | undefined> {
  const question = new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: id });
  return (await unlessGone(new RDSClient({ region }).send(question)))?.DBSnapshots?.[0];
}

/** GiB: less cannot hold it. */
export async function sizeOfSnapshot({ region }: Place, id: string): Promise<number> {
  return (await snapshotOf(region, id))?.AllocatedStorage ?? 0;
}

/**
 * The present database's first, then newest first: one that was deleted leaves its own behind, under
 * the same name or its own.
 */
async function backupsOf(
  environment: Place,
  database: string,
): Promise<DBInstanceAutomatedBackup[]> {
  const found: DBInstanceAutomatedBackup[] = [];
  const client = new RDSClient({ region: environment.region });
  for await (const page of paginateDescribeDBInstanceAutomatedBackups({ client }, {})) {
    for (const backup of page.DBInstanceAutomatedBackups ?? []) {
      if (isDatabaseOf(environment, backup.DBInstanceIdentifier ?? '')) found.push(backup);
    }
  }
  const rank = ({ DBInstanceIdentifier: of }: DBInstanceAutomatedBackup) => Number(of !== database);
  return found.toSorted(
    (one, other) => rank(one) - rank(other) || windowOf(other).to - windowOf(one).to,
  );
}

/** Milliseconds. While the first backup is made there is none yet. */
function windowOf({ RestoreWindow: { EarliestTime, LatestTime } = {} }: DBInstanceAutomatedBackup) {
  return { from: EarliestTime?.getTime() ?? Infinity, to: LatestTime?.getTime() ?? -Infinity };
}

function inWords(backup: DBInstanceAutomatedBackup, database: string): string {
  const { from, to } = windowOf(backup);
  const { DBInstanceIdentifier: of = database } = backup;
  const whose = of === database ? '' : ` (of ${of})`;
  if (from > to) return `no moment yet: its first backup is being made${whose}`;
  return `any moment from ${new Date(from).toISOString()} to ${new Date(to).toISOString()}${whose}`;
}

function outside(
  database: string,
  at: string,
  backups: readonly DBInstanceAutomatedBackup[],
): string {
  const windows = backups.map((backup) => inWords(backup, database)).join(', or ');
  const made = backups.map(({ InstanceCreateTime }) => InstanceCreateTime?.getTime() ?? 0);
  const isBefore = made.length > 0 && Date.parse(at) < Math.min(...made);
  const why = isBefore
    ? `${database} was not there yet at ${at}: it was made at ${new Date(Math.min(...made)).toISOString()}`
    : `there is no backup of ${database} as it was at ${at}`;
  return `${why}. It can be brought back to ${windows || 'no moment at all: RDS has no backup of it'}. AWS is about five minutes behind`;
}
