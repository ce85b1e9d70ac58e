/** ARNs of resources as far as they are known before Terraform has made them. */
import type { Resource } from '../../stacks/written/written-stack.ts';
import { Refusal } from '../deployment/refusal.ts';

export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** An attribute as far as it is known, otherwise a name for it in `<>`. */
export type Attribute = (name: string) => string;

/** Secrets Manager adds `-` and six characters to each name; so IAM's policies write them. */
const SIX_MORE = '-??????';

type Arn = (of: Attribute, place: Place, resource: Resource) => string;

/** What is in a region, after the account. */
const regional =
  (service: string, rest: (of: Attribute, resource: Resource) => string): Arn =>
  (of, { region, accountId }, resource) =>
    `arn:aws:${service}:${region}:${accountId}:${rest(of, resource)}`;

const global =
  (rest: (of: Attribute) => string): Arn =>
  (of, { accountId }) =>
    `arn:aws:iam::${accountId}:${rest(of)}`;

const ARNS: Readonly<Record<string, Arn>> = {
  aws_cloudwatch_event_rule: regional('events', (of) => `rule/${of('name')}`),
  aws_cloudwatch_log_group: regional('logs', (of) => `log-group:${of('name')}`),
  aws_cognito_user_pool: regional('cognito-idp', (_, { path }) => `userpool/<${path}>`),
  aws_db_instance: regional('rds', (of) => `db:${of('identifier')}`),
  aws_ecr_repository: regional('ecr', (of) => `repository/${of('name')}`),
  aws_ecs_cluster: regional('ecs', (of) => `cluster/${of('name')}`),
  aws_iam_openid_connect_provider: global(
    (of) => `oidc-provider/${of('url').replace(/^https:\/\//, '')}`,
  ),
  aws_iam_policy: global((of) => `policy${pathOf(of)}${of('name')}`),
  aws_iam_role: global((of) => `role${pathOf(of)}${of('name')}`),
  // AWS makes up its id.
  aws_kms_key: regional('kms', (_, { path }) => `key/<${path}>`),
  aws_s3_bucket: (of) => `arn:aws:s3:::${of('bucket')}`,
  aws_secretsmanager_secret: regional('secretsmanager', (of) => `secret:${of('name')}${SIX_MORE}`),
  aws_sns_topic: regional('sns', (of) => of('name')),
  aws_sqs_queue: regional('sqs', (of) => of('name')),
  aws_ssm_parameter: regional('ssm', (of) => `parameter/${of('name').replace(/^\//, '')}`),
};

/** @throws Refusal for a type whose ARNs are not in the table */
export function arnOf(resource: Resource, of: Attribute, place: Place): string {
  const arn = ARNS[resource.type];
  if (arn === undefined) {
    throw new Refusal(
      `${resource.path}: a policy names its ARN, and how those of ${resource.type} look is not in ops/permissions/arns.ts: add a line`,
    );
  }
  return arn(of, place, resource);
}

export function areArnsKnown(type: string): boolean {
  return Object.hasOwn(ARNS, type);
}

/** RDS makes the secret and its name; only its beginning is known. */
export function masterSecretArn({ path }: Resource, { accountId, region }: Place): string {
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:rds!db-<${path}>${SIX_MORE}`;
}

/** What AWS added to a secret's name, taken off again: so real calls name what policies name. */
export function asInPolicies(arn: string): string {
  return arn.replace(/^(arn:[^:]+:secretsmanager:(?:[^:]*:){2}secret:.+)-\w{6}$/, `$1${SIX_MORE}`);
}

function pathOf(of: Attribute): string {
  const path = of('path');
  return path.startsWith('/') ? path : '/';
}
