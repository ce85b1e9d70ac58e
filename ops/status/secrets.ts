/** How old the logins to the database are, and whether one could not be changed. */
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Environment } from '../../stacks/place.ts';
import { ago, type Finding, found, notWell, well } from './finding.ts';
import { failedRotations } from '../rotate/failures.ts';
import { presentDatabase } from '../running/present-database.ts';
import { unlessGone } from '../running/unless-gone.ts';

const DAY = 86_400_000;

/** Days: schedules have a window, and clocks are not the same. */
const GRACE = 1;

interface Login {
  readonly what: string;
  readonly id: string | undefined;
  /** Days after which it is changed. */
  readonly days: number;
  /** What to do when it was not. @default nothing that a command could */
  readonly next?: string;
}

export async function secretFindings(environment: Environment): Promise<Finding[]> {
  const { name, database } = environment;
  const logins: Login[] = [
    {
      what: "service's login",
      id: loginSecret(environment),
      days: database.rotationDays,
      next: `npm run rotate -- ${name}, then see why its schedule did not: docs/runbooks/rotate.md`,
    },
    {
      what: "owner's login",
      id: await masterSecret(environment),
      days: database.masterRotationDays,
    },
  ];
  const findings = await Promise.all(logins.map((login) => loginFinding(environment, login)));
  return [...findings, ...(await rotationFindings(environment))];
}

/** RDS makes it, and names it as it likes. */
async function masterSecret(environment: Environment): Promise<string | undefined> {
  const DBInstanceIdentifier = await presentDatabase(environment);
  const question = new DescribeDBInstancesCommand({ DBInstanceIdentifier });
  const answer = await unlessGone(new RDSClient({ region: environment.region }).send(question));
  return answer?.DBInstances?.[0]?.MasterUserSecret?.SecretArn;
}

/** As stacks/constructs/application-secret.ts calls it. */
const loginSecret = ({ prefix }: Environment) => `${prefix}-application-login`;

async function loginFinding({ region }: Environment, { id, ...login }: Login): Promise<Finding> {
  const secret = id === undefined ? undefined : await describe(region, id);
  if (secret === undefined) return notWell(login.what, 'there is none');
  if (!secret.isFilled) return notWell(login.what, 'empty: the first release fills it');
  return ageFinding(login, secret.changed);
}

async function describe(region: string, id: string) {
  const question = new DescribeSecretCommand({ SecretId: id });
  const secret = await unlessGone(new SecretsManagerClient({ region }).send(question));
  if (secret === undefined || secret.DeletedDate !== undefined) return undefined;
  const { VersionIdsToStages: versions = {}, LastChangedDate, CreatedDate } = secret;
  return { isFilled: Object.keys(versions).length > 0, changed: LastChangedDate ?? CreatedDate };
}

/** @param changed when its value, or its settings, were changed last: AWS tells no difference */
export function ageFinding(
  { what, days, next = '' }: Omit<Login, 'id'>,
  changed: Date | undefined,
  now = Date.now(),
): Finding {
  if (changed === undefined) return notWell(what, 'its age is not known');
  const text = `changed ${changed.toISOString()} (${ago(changed, now)}), due every ${days} days`;
  const isWell = now - changed.getTime() <= (days + GRACE) * DAY;
  return found(what, isWell || next === '' ? text : `${text}: ${next}`, isWell);
}

/** A failure counts until the next rotation, which begins with writing the secret. */
async function rotationFindings(environment: Environment): Promise<Finding[]> {
  const { name, region } = environment;
  const secret = await describe(region, loginSecret(environment));
  if (secret?.changed === undefined || !secret.isFilled) return [];
  const failure = (await failedRotations(environment, secret.changed)).at(-1);
  if (failure === undefined) return [well('rotation', 'none failed since the login was changed')];
  const { at, how } = failure;
  const next = `npm run logs -- ${name} --task migration --since 1d says why, npm run rotate -- ${name} makes it good`;
  return [notWell('rotation', `failed ${at.toISOString()} (${ago(at)}): ${how}; ${next}`)];
}
