/** Databases as RDS sees them. */
import {
  type DBInstance,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  type ModifyDBInstanceMessage,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Environment } from '../../stacks/place.ts';
import { wait } from '../deployment/interruption.ts';
import type { Say } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { patiently } from '../running/patiently.ts';
import { unlessGone } from '../running/unless-gone.ts';

/** Milliseconds between two looks, and until it is given up: RDS reads terabytes back from S3. */
export const PAUSE = 5000;
export const PATIENCE = 6 * 3_600_000;

export interface Watch {
  readonly say: Say;
  readonly signal: AbortSignal;
}

/** Where the owner logs in. */
export interface Door {
  readonly host: string;
  readonly secretId: string;
}

/** @returns undefined where there is none of the name */
export async function describe(
  { region }: Environment,
  name: string,
): Promise<DBInstance | undefined> {
  const question = new DescribeDBInstancesCommand({ DBInstanceIdentifier: name });
  const answer = await unlessGone(new RDSClient({ region }).send(question));
  return answer?.DBInstances?.[0];
}

/** Nothing is connected with it then. Of all else that RDS says sessions may live on. */
const OUT = /^(stopped|failed|inaccessible-encryption)/;

/** @returns undefined when it is gone or out. @throws Refusal when it cannot be said */
export function doorOf(instance: DBInstance | undefined): Door | undefined {
  const { DBInstanceStatus = '', Endpoint, MasterUserSecret } = instance ?? {};
  if (instance === undefined || OUT.test(DBInstanceStatus)) return undefined;
  const [host, secretId] = [Endpoint?.Address, MasterUserSecret?.SecretArn];
  if (host !== undefined && secretId !== undefined) return { host, secretId };
  throw new Refusal(
    `RDS does not tell where ${instance.DBInstanceIdentifier ?? ''} is, which is ${DBInstanceStatus}: try again when it is available`,
  );
}

/** Waiting alone does not make it available. */
const AWAY = /^(stopp|fail|delet|inaccessible-encryption|incompatible-|restore-error|storage-full)/;

/** @throws Refusal with what to do when it does not serve, and will not by itself */
export function requireUsable(
  { region }: Pick<Environment, 'region'>,
  name: string,
  instance: DBInstance | undefined,
): asserts instance is DBInstance {
  const { DBInstanceStatus: status = 'gone' } = instance ?? {};
  if (instance !== undefined && !AWAY.test(status)) return;
  const next = status.startsWith('stopp')
    ? `start it, and run the same command again when it is available:\n  aws rds start-db-instance --region ${region} --db-instance-identifier ${name}`
    : 'see its events in RDS';
  throw new Refusal(`the database ${name} is ${status}: ${next}`);
}

/** Until it is available and as it is wanted. @throws Refusal when that will not be, Interrupted */
export async function untilReady(
  environment: Environment,
  name: string,
  { say, signal }: Watch,
  isReady: (instance: DBInstance) => boolean = () => true,
): Promise<DBInstance> {
  const deadline = performance.now() + PATIENCE;
  while (performance.now() < deadline) {
    const instance = await patiently(() => describe(environment, name), signal);
    requireUsable(environment, name, instance);
    const { DBInstanceStatus } = instance;
    if (DBInstanceStatus === 'available' && isReady(instance)) return instance;
    say(`${name} is ${DBInstanceStatus ?? 'not known'}`);
    await wait(PAUSE, signal);
  }
  throw new Refusal(`${name} is not ready after ${PATIENCE / 3_600_000} hours; look at it in RDS`);
}

/** At once, without a maintenance window. @returns whether RDS has taken it, which it does not while busy */
export function modify(
  { region }: Pick<Environment, 'region'>,
  change: ModifyDBInstanceMessage,
): Promise<boolean> {
  const command = new ModifyDBInstanceCommand({ ...change, ApplyImmediately: true });
  return unlessBusy(new RDSClient({ region }).send(command));
}

/** It is being made or changed, which ends; or it went in this moment. @returns whether it was taken */
export async function unlessBusy(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (/^(InvalidDBInstanceState|DBInstanceNotFound)/.test((error as Error).name)) return false;
    throw error;
  }
}
