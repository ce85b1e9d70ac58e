/** Whose credentials these are, until when, and whether this machine's clock is right. */
import { STSClient } from '@aws-sdk/client-sts';
import type { Environment } from '../../stacks/place.ts';
import { requireAccount } from '../deployment/account.ts';
import { Refusal } from '../deployment/refusal.ts';
import { type Check, type Diagnosis, ok, warning, wrong } from './diagnosis.ts';

const CREDENTIALS = 'credentials';

/** Minutes: a first release with its database takes about that long. */
const A_RELEASE = 45;
/** Seconds: AWS refuses signatures that are five minutes off. */
const ODD = 60;
const REFUSED = 300;
/** Milliseconds. */
const PATIENCE = 5000;

export function identityChecks(environment: Environment): Check[] {
  const { region } = environment;
  return [
    { what: CREDENTIALS, look: () => credentials(environment) },
    { what: 'region', look: async () => [regionOfShell(region, process.env['AWS_REGION'])] },
    { what: 'clock', look: async () => [await askTheTime(region)] },
  ];
}

/** Whether AWS can be asked anything. */
export function isLetIn(found: readonly Diagnosis[]): boolean {
  return found.some(({ what, verdict }) => what === CREDENTIALS && verdict === 'ok');
}

async function credentials(environment: Environment): Promise<Diagnosis[]> {
  try {
    const arn = await requireAccount(environment);
    const { region } = environment;
    const { expiration, sessionToken } = await new STSClient({ region }).config.credentials();
    const isTemporary = expiration !== undefined || (sessionToken ?? '') !== '';
    const inJob = isJob(process.env);
    const end = isTemporary ? expiry(expiration, new Date(), inJob) : ok('expiry', NEVER);
    return [ok(CREDENTIALS, `you are ${arn}`), end];
  } catch (error) {
    if (error instanceof Refusal) return [notLetIn(error, isJob(process.env))];
    throw error;
  }
}

/** @param refusal with a cause where AWS was asked in vain, and without where the account differs */
export function notLetIn({ message, cause }: Refusal, inJob: boolean): Diagnosis {
  if (!inJob || !(cause instanceof Error)) return wrong(CREDENTIALS, message);
  return wrong(CREDENTIALS, `AWS does not know this job (${cause.message}): ${IN_A_JOB}`);
}

function isJob({ GITHUB_ACTIONS }: NodeJS.ProcessEnv): boolean {
  return GITHUB_ACTIONS === 'true';
}

const IN_A_JOB =
  "the step aws-actions/configure-aws-credentials with the role's ARN must come before this one, and the job needs 'permissions: { id-token: write, contents: read }'";

const NEVER = 'these credentials do not expire; temporary ones would be safer';

export function expiry(end: Date | undefined, now: Date, inJob: boolean): Diagnosis {
  if (end === undefined) return ok('expiry', 'they are temporary; until when is not said');
  const minutes = Math.floor((end.getTime() - now.getTime()) / 60_000);
  const again = inJob
    ? "give aws-actions/configure-aws-credentials a longer 'role-duration-seconds', or let it come later"
    : 'sign in again (aws sso login)';
  if (minutes < 0) return wrong('expiry', `they expired ${-minutes} min ago: ${again}`);
  const text = `${minutes} min left, until ${end.toISOString()}`;
  if (minutes >= A_RELEASE) return ok('expiry', text);
  return warning('expiry', `${text}; a first release can take longer: ${again}`);
}

/** Our commands take the table's; people's own `aws` takes the shell's. */
export function regionOfShell(region: string, shell: string | undefined): Diagnosis {
  if (shell === undefined || shell === '' || shell === region) return ok('region', region);
  return warning(
    'region',
    `${region} in the table, and AWS_REGION is ${shell}: commands that you copy for aws need --region ${region}`,
  );
}

async function askTheTime(region: string): Promise<Diagnosis> {
  const endpoint = process.env['AWS_ENDPOINT_URL'] ?? '';
  const url = endpoint === '' ? `https://sts.${region}.amazonaws.com` : endpoint;
  const signal = AbortSignal.timeout(PATIENCE);
  const { headers } = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
  return clock(headers.get('date'), new Date());
}

/** @param date as HTTP tells it, in whole seconds */
export function clock(date: string | null, now: Date): Diagnosis {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return warning('clock', 'AWS did not say what time it is');
  const seconds = Math.round((now.getTime() - theirs) / 1000);
  const off = Math.abs(seconds);
  if (off <= ODD) return ok('clock', `${off} s from AWS's`);
  const way = seconds > 0 ? 'ahead of' : 'behind';
  const text = `${off} s ${way} AWS's: let this machine set its clock by the network (timedatectl set-ntp true)`;
  return off > REFUSED
    ? wrong('clock', `${text}; AWS refuses what is signed more than ${REFUSED} s off`)
    : warning('clock', text);
}
