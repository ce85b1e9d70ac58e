/** A role, policies for it and for what it asks for, and an answer in a few words. */
import { mayRole, type RolePolicies } from '../may-role.ts';
import { readPolicy } from '../policy.ts';

export const ACCOUNT = '123456789012';
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/app/worker`;
export const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/worker/one`;
export const BUCKET = 'arn:aws:s3:::reports';
const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/one`;
export const OTHER_ROLE = `arn:aws:iam::${ACCOUNT}:role/other`;

type Statement = Readonly<Record<string, unknown>>;

export function own(...statements: readonly Statement[]) {
  return readPolicy('own', document(statements), 'identity');
}

export function onResource(...statements: readonly Statement[]) {
  return readPolicy('resource', document(statements), 'resource');
}

function document(Statement: readonly Statement[]) {
  return { Version: '2012-10-17', Statement };
}

export const allow = (Action: string, Resource = '*', more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: string, Resource = '*', more: Statement = {}): Statement => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});
export const by = (AWS: string) => ({ Principal: { AWS } });

export const READ = { action: 's3:GetObject', resource: `${BUCKET}/a.csv` };
export const DECRYPT = { action: 'kms:Decrypt', resource: KEY };
export const ASSUME = { action: 'sts:AssumeRole', resource: OTHER_ROLE };
export const mayRead = own(allow('s3:GetObject', `${BUCKET}/*`));
export const mayAll = own(allow('*'));
export const nothing = own(allow('sqs:SendMessage'));

export interface Case extends Partial<RolePolicies> {
  readonly what: string;
  /** @default READ */
  readonly request?: { readonly action: string; readonly resource: string };
}

/** `yes` or `no`, and what decides. */
export function answerTo({ request = READ, ...policies }: Case): string {
  const { allowed, by: decisive } = mayRole(
    { identityPolicies: [], roleArn: ROLE, ...policies },
    request,
  );
  return `${allowed ? 'yes' : 'no'}: ${decisive}`;
}
