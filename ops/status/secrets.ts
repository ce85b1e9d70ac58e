/** How old the logins to the database are: what is never changed is known to more and more people. */
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Environment } from '../../stacks/place.ts';
import { ago, type Finding, found, notWell } from './finding.ts';
import { unlessGone } from '../running/unless-gone.ts';

const DAY = 86_400_000;

/** Days: schedules have a window, and clocks are not the same. */
const GRACE = 1;

interface Login {
  readonly what: string;
  readonly id: string | undefined;
  /** Days after which it is changed. */
  readonly days: number;
}

export async function secretFindings(environment: Environment): Promise<Finding[]> {
  const { database, prefix } = environment;
  const logins: Login[] = [
    {
      what: "service's login",
      // As stacks/constructs/application-secret.ts calls it.
      id: `${prefix}-application-login`,
      days: database.rotationDays,
    },
    {
      what: "owner's login",
      id: await masterSecret(environment),
      days: database.masterRotationDays,
    },
  ];
  return Promise.all(logins.map((login) => loginFinding(environment, login)));
}

/** RDS makes it, and names it as it likes. */
async function masterSecret({ region, prefix }: Environment): Promise<string | undefined> {
  const question = new DescribeDBInstancesCommand({ DBInstanceIdentifier: prefix });
  const answer = await unlessGone(new RDSClient({ region }).send(question));
  return answer?.DBInstances?.[0]?.MasterUserSecret?.SecretArn;
}

async function loginFinding({ region }: Environment, { what, id, days }: Login): Promise<Finding> {
  if (id === undefined) return notWell(what, 'there is none');
  const question = new DescribeSecretCommand({ SecretId: id });
  const secret = await unlessGone(new SecretsManagerClient({ region }).send(question));
  if (secret === undefined || secret.DeletedDate !== undefined)
    return notWell(what, 'there is none');
  const { VersionIdsToStages: versions = {}, LastChangedDate, CreatedDate } = secret;
  if (Object.keys(versions).length === 0) return notWell(what, 'empty: the first release fills it');
  return ageFinding({ what, days }, LastChangedDate ?? CreatedDate);
}

/** @param changed when its value, or its settings, were changed last: AWS tells no difference */
export function ageFinding(
  { what, days }: Omit<Login, 'id'>,
  changed: Date | undefined,
  now = Date.now(),
): Finding {
  if (changed === undefined) return notWell(what, 'its age is not known');
  const text = `changed ${changed.toISOString()} (${ago(changed, now)}), due every ${days} days`;
  return found(what, text, now - changed.getTime() <= (days + GRACE) * DAY);
}
