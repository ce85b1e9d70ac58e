/** What AWS keeps of an environment that was destroyed: on purpose, or because it writes last. */
import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import {
  paginateDescribeDBInstanceAutomatedBackups,
  paginateDescribeDBSnapshots,
  RDSClient,
} from '@aws-sdk/client-rds';
import { paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Environment } from '../../stacks/place.ts';
import { isDatabaseOf } from '../restore/database-names.ts';
import { doomedKeys } from './doomed-keys.ts';

/** A line for each. What cannot be asked is said too: all is destroyed already, so nothing fails. */
export async function remainsOf(environment: Environment): Promise<string[]> {
  const questions = {
    snapshots: snapshotsOf(environment),
    backups: backupsOf(environment),
    secrets: secretsOf(environment),
    logs: logsOf(environment),
    keys: doomedKeys(environment),
  };
  const answers = await Promise.all(
    Object.entries(questions).map(([what, lines]) =>
      lines.catch((error: unknown) => [`${what}: not known, ${(error as Error).message}`]),
    ),
  );
  return answers.flat();
}

/** What stays with the account. */
export function sharedOf({ name, stateBucket, statePrefix }: Environment): string[] {
  return [
    `the records of its releases, releases/${statePrefix}/ in ${stateBucket}`,
    `what it shares with other environments: the registry of images, the states' bucket (npm run destroy -- account --of ${name})`,
  ];
}

async function snapshotsOf(environment: Environment): Promise<string[]> {
  const client = new RDSClient({ region: environment.region });
  const lines: string[] = [];
  const question = { SnapshotType: 'manual' };
  for await (const { DBSnapshots = [] } of paginateDescribeDBSnapshots({ client }, question)) {
    // After a restore they are of databases of several names.
    const ours = DBSnapshots.filter(({ DBInstanceIdentifier: of = '' }) =>
      isDatabaseOf(environment, of),
    );
    for (const { DBSnapshotIdentifier: name = '', AllocatedStorage: size } of ours) {
      lines.push(`the snapshot ${name}, ${size ?? '?'} GiB, until somebody deletes it`);
    }
  }
  return lines;
}

async function backupsOf(environment: Environment): Promise<string[]> {
  // Then they go with the database.
  if (environment.dataMayBeLost) return [];
  const client = new RDSClient({ region: environment.region });
  const lines: string[] = [];
  const pages = paginateDescribeDBInstanceAutomatedBackups({ client }, {});
  for await (const { DBInstanceAutomatedBackups: found = [] } of pages) {
    for (const { DBInstanceIdentifier: of = '', BackupRetentionPeriod: days } of found) {
      if (isDatabaseOf(environment, of))
        lines.push(`${of}'s daily backups, for ${days ?? '?'} days`);
    }
  }
  return lines;
}

async function secretsOf({ region, prefix }: Environment): Promise<string[]> {
  const client = new SecretsManagerClient({ region });
  const lines: string[] = [];
  const question = {
    IncludePlannedDeletion: true,
    Filters: [{ Key: 'name' as const, Values: [prefix] }],
  };
  for await (const { SecretList = [] } of paginateListSecrets({ client }, question)) {
    for (const { Name = '', DeletedDate } of SecretList) {
      // The filter takes `<prefix>-copy-…` for ours too.
      if (DeletedDate && Name === `${prefix}-application-login`) {
        lines.push(`the secret ${Name}, whose deletion can be taken back for a while`);
      }
    }
  }
  return lines;
}

/** AWS writes when Terraform has deleted the group already, and so makes it anew, for ever. */
async function logsOf(environment: Environment): Promise<string[]> {
  const { region, prefix } = environment;
  const client = new CloudWatchLogsClient({ region });
  const beginnings = [
    `/${prefix}/`,
    `/aws/rds/instance/${prefix}/`,
    // Of databases that were restored beside the first.
    `/aws/rds/instance/${prefix}-20`,
    `/aws/ecs/containerinsights/${prefix}/`,
  ];
  const names: string[] = [];
  for (const logGroupNamePrefix of beginnings) {
    for await (const page of paginateDescribeLogGroups({ client }, { logGroupNamePrefix })) {
      names.push(...(page.logGroups ?? []).map(({ logGroupName = '' }) => logGroupName));
    }
  }
  return names.flatMap((name) => {
    const [, database = prefix] = /^\/aws\/rds\/instance\/([^/]+)/.exec(name) ?? [];
    if (!isDatabaseOf(environment, database)) return [];
    // Of a database that was dropped nobody has deleted it.
    const what =
      database === prefix
        ? 'that AWS made anew; before the next deployment'
        : `of ${database}, which was dropped; when nobody needs it`;
    return [
      `the log ${what}: aws logs delete-log-group --region ${region} --log-group-name ${name}`,
    ];
  });
}
