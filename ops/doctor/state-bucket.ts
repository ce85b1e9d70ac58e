/** The bucket of all states: there, ours, and as the state stack makes it. */
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Account, Environment } from '../../stacks/place.ts';
import { stateKeyAlias } from '../../stacks/store-stack.ts';
import { hasBucket } from '../bootstrap/bucket.ts';
import { Refusal } from '../deployment/refusal.ts';
import { readState } from '../running/states.ts';
import { type Check, type Diagnosis, examine, ok, wrong } from './diagnosis.ts';

export function stateBucketChecks(account: Account, environment: Environment): Check[] {
  return [{ what: 'state bucket', look: () => look(account, environment) }];
}

async function look(account: Account, { name }: Environment): Promise<Diagnosis[]> {
  const { stateBucket, region } = account;
  const bootstrap = `npm run bootstrap -- ${name}`;
  try {
    if (!(await hasBucket(account))) {
      return [wrong('state bucket', `there is no ${stateBucket} yet: ${bootstrap}`)];
    }
  } catch (error) {
    if (error instanceof Refusal) return [wrong('state bucket', error.message)];
    throw error;
  }
  const details = await examine(detailChecks(account, `${bootstrap} puts it right`));
  return [ok('state bucket', `${stateBucket} in ${region}`), ...details];
}

type Question = (account: Account) => Promise<boolean>;

interface Detail {
  readonly what: string;
  readonly isSo: Question;
  readonly yes: string;
  readonly no: string;
}

const DETAILS: readonly Detail[] = [
  {
    what: 'versioning',
    isSo: isVersioned,
    yes: 'old states are kept',
    no: 'old states are not kept',
  },
  {
    what: 'encryption',
    isSo: isEncrypted,
    yes: "with the account's key",
    no: "states are not encrypted with the account's key",
  },
  {
    what: 'public access',
    isSo: isPrivate,
    yes: 'blocked',
    no: 'it is not blocked in all four ways',
  },
  {
    what: 'TLS only',
    isSo: isTlsOnly,
    yes: 'requests without TLS are refused',
    no: 'requests without TLS are not refused',
  },
  {
    what: 'reading',
    isSo: async (account) => (await readState(account, 'state')) !== undefined,
    yes: 'you can read its own state',
    no: 'its own state is not in it',
  },
];

function detailChecks(account: Account, remedy: string): Check[] {
  return DETAILS.map(({ what, isSo, yes, no }) => ({
    what,
    look: async () => [
      (await missingIsNo(isSo(account))) ? ok(what, yes) : wrong(what, `${no}: ${remedy}`),
    ],
  }));
}

async function isVersioned(account: Account): Promise<boolean> {
  const { s3, bucket } = ask(account);
  return (await s3.send(new GetBucketVersioningCommand(bucket))).Status === 'Enabled';
}

async function isEncrypted(account: Account): Promise<boolean> {
  const { s3, bucket } = ask(account);
  const answer = await s3.send(new GetBucketEncryptionCommand(bucket));
  const [rule] = answer.ServerSideEncryptionConfiguration?.Rules ?? [];
  const key = rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
  return key !== undefined && (await namesOfKey(account)).includes(key);
}

async function isPrivate(account: Account): Promise<boolean> {
  const { s3, bucket } = ask(account);
  const answer = await s3.send(new GetPublicAccessBlockCommand(bucket));
  const block = answer.PublicAccessBlockConfiguration ?? {};
  const { BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets } = block;
  const all = [BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets];
  return all.every((each) => each === true);
}

async function isTlsOnly(account: Account): Promise<boolean> {
  const { s3, bucket } = ask(account);
  const { Policy = '' } = await s3.send(new GetBucketPolicyCommand(bucket));
  return refusesPlainHttp(Policy);
}

function ask({ stateBucket: Bucket, accountId: ExpectedBucketOwner, region }: Account) {
  return { s3: new S3Client({ region }), bucket: { Bucket, ExpectedBucketOwner } };
}

/** S3 answers with an error where nothing was ever set. */
async function missingIsNo(isSo: Promise<boolean>): Promise<boolean> {
  try {
    return await isSo;
  } catch (error) {
    if (/^NoSuch|NotFound/.test((error as Error).name)) return false;
    throw error;
  }
}

/** All names of the key behind the alias. */
async function namesOfKey(account: Account): Promise<string[]> {
  const alias = stateKeyAlias(account);
  const { KeyMetadata } = await new KMSClient({ region: account.region }).send(
    new DescribeKeyCommand({ KeyId: alias }),
  );
  return [alias, KeyMetadata?.Arn, KeyMetadata?.KeyId].filter((each) => each !== undefined);
}

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Condition?: { readonly Bool?: Readonly<Record<string, unknown>> };
}

/** @param policy of a bucket, as JSON */
export function refusesPlainHttp(policy: string): boolean {
  if (policy === '') return false;
  const { Statement: statements = [] } = JSON.parse(policy) as { Statement?: Statement[] };
  return statements.some(
    ({ Effect, Principal, Condition }) =>
      Effect === 'Deny' &&
      ['*', '{"AWS":"*"}'].includes(
        typeof Principal === 'string' ? Principal : JSON.stringify(Principal),
      ) &&
      String(Condition?.Bool?.['aws:SecureTransport']) === 'false',
  );
}
