/** All that the two roles of an environment may do. */
import type { Statement } from '../constructs/policy-document.ts';
import type { Environment } from '../place.ts';
import { READS, WRITES } from './actions.ts';
import { releaseActions } from './release-access.ts';
import { allow } from './scopes.ts';
import { makePlans, readStates, writeStates } from './state-access.ts';

/** Looks, and leaves a plan. Anybody who may open a pull request has it, so it sees no secret. */
export function planStatements(environment: Environment): Statement[] {
  return [
    ...allow(environment, READS).map((statement) => ofOwnPools(statement, environment)),
    ...readStates(environment),
    ...makePlans(environment),
    ...NEVER,
    nothingOfOthers(environment),
    {
      effect: 'Deny',
      actions: ['kms:Decrypt'],
      resources: ['*'],
      // Neither encrypted parameters nor secrets; the states come through S3.
      conditions: {
        StringNotEquals: { 'kms:ViaService': `s3.${environment.region}.amazonaws.com` },
      },
    },
  ];
}

/** Changes the environment, releases it, and nothing else: neither another one, nor the account's. */
export function applyStatements(environment: Environment): Statement[] {
  const actions = new Set([...READS, ...WRITES, ...releaseActions(environment)]);
  return [
    ...allow(environment, [...actions].toSorted()),
    ...readStates(environment),
    ...makePlans(environment),
    ...writeStates(environment),
    ...NEVER,
    {
      effect: 'Deny',
      actions: ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary'],
      resources: ['*'],
    },
    ...onlyOwn(environment),
  ];
}

/** Pools have ids of AWS's, and hold settings of people. A pool that is looked at is tagged already. */
function ofOwnPools(statement: Statement, { tags }: Environment): Statement {
  if (!statement.resources?.some((arn) => arn.includes(':userpool/'))) return statement;
  const conditions = { StringEquals: { 'aws:ResourceTag/Environment': tags.Environment } };
  return { ...statement, conditions };
}

const NEVER: readonly Statement[] = [
  {
    effect: 'Deny',
    actions: [
      'secretsmanager:BatchGetSecretValue',
      'secretsmanager:GetSecretValue',
      'sts:AssumeRole',
    ],
    resources: ['*'],
  },
];

/** Keys of the account: of its states and images. Used through S3 and ECR, never changed. */
const KEY_CHANGES = WRITES.filter(
  (action) => action.startsWith('kms:') && !['kms:Decrypt', 'kms:GenerateDataKey'].includes(action),
);

/** Where ARNs cannot tell environments apart, the tags that all stacks give do. */
function onlyOwn(environment: Environment): Statement[] {
  return [
    nothingOfOthers(environment),
    {
      effect: 'Deny',
      actions: KEY_CHANGES,
      resources: ['*'],
      conditions: taggedOtherThan(environment.tags.Environment),
    },
  ];
}

function nothingOfOthers({ tags }: Environment): Statement {
  return {
    effect: 'Deny',
    actions: ['*'],
    resources: ['*'],
    conditions: taggedOtherThan(tags.Environment, 'shared'),
  };
}

function taggedOtherThan(...environments: readonly string[]) {
  return {
    StringNotEquals: { 'aws:ResourceTag/Environment': environments },
    // What has no such tag yet may be what is being made.
    Null: { 'aws:ResourceTag/Environment': 'false' },
  };
}
