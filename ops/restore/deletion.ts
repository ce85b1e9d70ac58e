/** Deleting a database, whatever it is at. */
import {
  type DBInstance,
  DeleteDBInstanceCommand,
  type DeleteDBInstanceMessage,
  RDSClient,
  StartDBInstanceCommand,
} from '@aws-sdk/client-rds';
import type { Environment } from '../../stacks/place.ts';
import { wait } from '../deployment/interruption.ts';
import { Refusal } from '../deployment/refusal.ts';
import { patiently } from '../running/patiently.ts';
import { describe, modify, PATIENCE, PAUSE, unlessBusy, type Watch } from './database.ts';

/** Of these RDS makes no last snapshot: they are deleted without, or not at all. */
const UNREADABLE = /^(failed|incompatible-network|incompatible-restore)/;

/** None of them ends by waiting. */
const STUCK = /^(failed|incompatible-|inaccessible-encryption|restore-error|storage-full)/;

/** How often one that is available may refuse: what has just begun is seen a little later. */
const REFUSALS = 24;

type How = DeleteDBInstanceMessage & { readonly DBInstanceIdentifier: string };

/** @returns its status, when no last snapshot of it can be made */
export function unreadable(instance: DBInstance | undefined): string | undefined {
  const { DBInstanceStatus = '' } = instance ?? {};
  return UNREADABLE.test(DBInstanceStatus) ? DBInstanceStatus : undefined;
}

/** Waits for its end; one that is gone already is no trouble. @throws Refusal, Interrupted */
export async function deleteDatabase(
  environment: Environment,
  how: How,
  { say, signal }: Watch,
): Promise<void> {
  const { DBInstanceIdentifier: name } = how;
  const deadline = performance.now() + PATIENCE;
  let refusals = 0;
  while (performance.now() < deadline) {
    const instance = await patiently(() => describe(environment, name), signal);
    if (instance === undefined) return;
    const { DBInstanceStatus: status = '' } = instance;
    say(`${name} is ${status}`);
    const isTaken = await bringOn(environment, instance, how);
    if (!isTaken && status === 'available') refusals += 1;
    if (!isTaken && (STUCK.test(status) || refusals >= REFUSALS)) {
      throw new Refusal(`RDS does not delete ${name}, which is ${status}: see its events in RDS`);
    }
    await wait(PAUSE, signal);
  }
  throw new Refusal(
    `${name} is still there after ${PATIENCE / 3_600_000} hours; look at it in RDS`,
  );
}

/** The next step to its end. @returns whether RDS has taken it. @throws Refusal */
async function bringOn(environment: Environment, instance: DBInstance, how: How): Promise<boolean> {
  const { DBInstanceIdentifier } = how;
  const { DBInstanceStatus: status, DeletionProtection } = instance;
  if (status === 'deleting') return true;
  const client = new RDSClient({ region: environment.region });
  // It could neither be changed nor read for a last snapshot.
  if (status === 'stopped') {
    return unlessBusy(client.send(new StartDBInstanceCommand({ DBInstanceIdentifier })));
  }
  if (how.SkipFinalSnapshot !== true && unreadable(instance) !== undefined) {
    throw new Refusal(
      `${DBInstanceIdentifier} is ${status}: RDS makes no last snapshot of it. Run the same command again, which asks whether it may go without`,
    );
  }
  if (DeletionProtection === true) {
    return modify(environment, { DBInstanceIdentifier, DeletionProtection: false });
  }
  return unlessBusy(client.send(new DeleteDBInstanceCommand(how)));
}
