/** The end of the database that nobody works with any more. */
import { CloudWatchLogsClient, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Environment } from '../../stacks/place.ts';
import type { Say } from '../deployment/progress.ts';
import { unlessGone } from '../running/unless-gone.ts';
import type { Watch } from './database.ts';
import { logGroupsOf } from './database-names.ts';
import { deleteDatabase } from './deletion.ts';

export interface Doomed {
  readonly name: string;
  /** The last one that is made of it. @default none */
  readonly snapshot?: string;
}

/** May be done again. @returns what stays of it. @throws Refusal, Interrupted */
export async function drop(
  environment: Environment,
  { name, snapshot }: Doomed,
  watch: Watch,
): Promise<string> {
  const last =
    snapshot === undefined
      ? { SkipFinalSnapshot: true }
      : { SkipFinalSnapshot: false, FinalDBSnapshotIdentifier: snapshot };
  const { dataMayBeLost: DeleteAutomatedBackups } = environment;
  const how = { DBInstanceIdentifier: name, DeleteAutomatedBackups, ...last };
  await deleteDatabase(environment, how, watch);
  if (environment.dataMayBeLost) {
    await deleteLogs(environment, name, watch.say);
    return 'deleted';
  }
  const logs = `its logs stay ${environment.database.logDays} days`;
  return snapshot === undefined ? `deleted; ${logs}` : `deleted; ${snapshot} is kept, ${logs}`;
}

async function deleteLogs({ region }: Environment, name: string, say: Say): Promise<void> {
  say('its logs');
  const client = new CloudWatchLogsClient({ region });
  for (const logGroupName of logGroupsOf(name)) {
    await unlessGone(client.send(new DeleteLogGroupCommand({ logGroupName })));
  }
}
