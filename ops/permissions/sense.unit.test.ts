/** Questions that have the same answer whatever else changes. */
import { PROJECT } from '../../contract.ts';
import { may, roleCalled } from './ask.ts';
import type { Request } from './evaluator/statements.ts';
import { type Known, somePermissions } from './testing/some-permissions.ts';

const { dev, prod } = somePermissions();
const { accountId, region, prefix } = prod.environment;

const WORKLOADS = [
  'service',
  'service-execution',
  'migration',
  'rotation',
  'migration-execution',
  'psql',
  'psql-execution',
  'rotation-schedule',
  'flow-log',
];
const PIPELINES = ['plan', 'apply'];

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

const role = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;
const ofProd = (name: string) => role(`${PROJECT}/prod/${prefix}-${name}`);
const state = (name: string) => `arn:aws:s3:::${prod.environment.stateBucket}/${name}`;

const login = arn('secretsmanager', `secret:${prefix}-application-login-??????`);
const devLogin = arn('secretsmanager', `secret:${dev.environment.prefix}-application-login-Ab12Cd`);
const master = arn('secretsmanager', 'secret:rds!db-<prod-database/postgres/instance>-??????');
const key = arn('kms', 'key/<prod-database/key/key>');
const settings = arn('ssm', `parameter/${PROJECT}/prod/settings`);
const repository = arn('ecr', `repository/${PROJECT}`);
const family = (name: string) => arn('ecs', `task-definition/${name}:7`);

const throughSecrets = { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` };
const ofLogin = { ...throughSecrets, 'kms:EncryptionContext:SecretARN': login };
const inCluster = { 'ecs:cluster': arn('ecs', `cluster/${prefix}`) };
const toTasks = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
const taggedFor = (label: string) => ({ 'aws:ResourceTag/Environment': label });
const bounded = {
  'iam:PermissionsBoundary': `arn:aws:iam::${accountId}:policy/${PROJECT}/prod/${prefix}-boundary`,
};

function answer(name: string, request: Request, known: Known = prod): boolean {
  return may(known, roleCalled(known, name), request).allowed;
}

type Question = readonly [string, string, Request['context']?];

const NOBODY: readonly Question[] = [
  ['iam:CreateUser', `arn:aws:iam::${accountId}:user/somebody`],
  ['iam:CreateAccessKey', `arn:aws:iam::${accountId}:user/somebody`],
  ['iam:AttachRolePolicy', role('administrator'), bounded],
  ['iam:PutRolePolicy', role(`${PROJECT}-pipelines/${prefix}-apply`), bounded],
  ['iam:DeleteRolePermissionsBoundary', ofProd('service')],
  ['iam:CreatePolicyVersion', bounded['iam:PermissionsBoundary']],
  ['iam:PassRole', role('administrator'), toTasks],
  ['sts:AssumeRole', 'arn:aws:iam::999999999999:role/anything'],
  ['sts:AssumeRole', ofProd('migration')],
  ['sts:AssumeRole', role(`${PROJECT}-pipelines/${prefix}-apply`)],
  ['ssm:GetParameter', arn('ssm', `parameter/${PROJECT}/dev/settings`)],
  ['secretsmanager:GetSecretValue', devLogin],
  ['s3:DeleteObject', state('prod-database.tfstate')],
  ['s3:GetObject', state('dev-database.tfstate')],
  ['kms:ScheduleKeyDeletion', arn('kms', `key/<${PROJECT}-state/key/key>`), taggedFor('shared')],
  ['rds:DeleteDBInstance', arn('rds', `db:${dev.environment.prefix}`), taggedFor('dev')],
  ['ecr:PutImage', arn('ecr', 'repository/another')],
  ['organizations:LeaveOrganization', '*'],
];

const NO_WORKLOAD: readonly Question[] = [
  ['iam:CreateRole', ofProd('another'), bounded],
  ['ecr:PutImage', repository],
  ['rds:DeleteDBInstance', arn('rds', `db:${prefix}`)],
  ['secretsmanager:DeleteSecret', login],
  ['ssm:PutParameter', settings],
  ['kms:Decrypt', key],
  ['kms:CreateGrant', key, throughSecrets],
  ['s3:GetObject', state('prod-database.tfstate')],
  ['logs:DeleteLogGroup', arn('logs', `log-group:/${prefix}/service`)],
];

test.each([...WORKLOADS, ...PIPELINES])('%s may do nothing that nobody may', (name) => {
  const done = NOBODY.filter(([action, resource, context = {}]) =>
    answer(name, { action, resource, context }),
  );

  expect(done).toEqual([]);
});

test.each(WORKLOADS)('%s may do nothing that is for pipelines or people', (name) => {
  const done = NO_WORKLOAD.filter(([action, resource, context = {}]) =>
    answer(name, { action, resource, context }),
  );

  expect(done).toEqual([]);
});

test('these are all roles', () => {
  const names = prod.roles.map(({ name }) => name.replace(`${prefix}-`, ''));

  expect(names.toSorted()).toEqual([...WORKLOADS, ...PIPELINES].toSorted());
});

/** Whose role, what it asks for, the answer. */
const CASES: readonly (readonly [string, Question, boolean])[] = [
  ['service', ['secretsmanager:GetSecretValue', login], true],
  ['service', ['secretsmanager:GetSecretValue', login.replace('??????', 'Ab12Cd')], true],
  ['service', ['secretsmanager:GetSecretValue', master], false],
  ['service', ['secretsmanager:PutSecretValue', login], false],
  ['service', ['kms:Decrypt', key, ofLogin], true],
  ['service', ['kms:Decrypt', key, throughSecrets], false],
  ['service', ['kms:GenerateDataKey', key, ofLogin], false],
  ['service', ['ssm:GetParameter', settings], true],
  ['service', ['ssm:GetParameter', `${settings}-more`], false],
  ['service', ['ssm:GetParametersByPath', arn('ssm', `parameter/${PROJECT}/prod/`)], false],
  ['service', ['ecs:ExecuteCommand', arn('ecs', `cluster/${prefix}`)], false],
  ['service-execution', ['secretsmanager:GetSecretValue', login], false],
  ['service-execution', ['ssm:GetParameter', settings], false],
  ['service-execution', ['ecr:BatchGetImage', repository], true],
  ['service-execution', ['ecr:GetAuthorizationToken', '*'], true],
  ['service-execution', ['logs:PutLogEvents', stream('service')], true],
  ['service-execution', ['logs:PutLogEvents', stream('migration')], false],
  ['migration-execution', ['logs:PutLogEvents', stream('migration')], true],
  ['migration-execution', ['secretsmanager:GetSecretValue', master], false],
  ...['migration', 'rotation'].flatMap((name): (readonly [string, Question, boolean])[] => [
    [name, ['secretsmanager:GetSecretValue', master], true],
    [name, ['secretsmanager:GetSecretValue', login], true],
    [name, ['secretsmanager:PutSecretValue', login], true],
    [name, ['secretsmanager:PutSecretValue', master], false],
    [name, ['kms:Decrypt', key, throughSecrets], true],
    [name, ['kms:Decrypt', key, { 'kms:ViaService': `rds.${region}.amazonaws.com` }], false],
    [name, ['ssm:GetParameter', settings], false],
  ]),
  ['rotation-schedule', ['ecs:RunTask', family(`${prefix}-rotate`), inCluster], true],
  ['rotation-schedule', ['ecs:RunTask', family(`${prefix}-rotate`)], false],
  ['rotation-schedule', ['ecs:RunTask', family(`${prefix}-migrate`), inCluster], false],
  ['rotation-schedule', ['ecs:RunTask', family(`${prefix}-rotate-all`), inCluster], false],
  ['rotation-schedule', ['iam:PassRole', ofProd('rotation'), toTasks], true],
  ['rotation-schedule', ['iam:PassRole', ofProd('migration-execution'), toTasks], true],
  ['rotation-schedule', ['iam:PassRole', ofProd('migration'), toTasks], false],
  ['rotation-schedule', ['iam:PassRole', ofProd('rotation')], false],
  ['rotation-schedule', ['sqs:SendMessage', arn('sqs', `${prefix}-rotation-dead-letters`)], true],
  ['flow-log', ['logs:PutLogEvents', stream('flow-log')], true],
  ['flow-log', ['logs:CreateLogGroup', arn('logs', `log-group:/${prefix}/flow-log`)], false],
  ['plan', ['s3:GetObject', state('prod-database.tfstate')], true],
  ['plan', ['s3:PutObject', state('prod-database.tfstate')], false],
  ['plan', ['s3:PutObject', state('prod-database.tfstate.tflock')], false],
  ['plan', ['secretsmanager:GetSecretValue', login], false],
  ['plan', ['iam:CreateRole', ofProd('another'), bounded], false],
  ['apply', ['s3:DeleteObject', state('prod-database.tfstate.tflock')], true],
  ['apply', ['iam:CreateRole', ofProd('another'), bounded], true],
  ['apply', ['iam:CreateRole', ofProd('another')], false],
  ['apply', ['iam:CreateRole', role('another'), bounded], false],
];

function stream(group: string): string {
  return arn('logs', `log-group:/${prefix}/${group}:log-stream:one`);
}

test.each(CASES)('%s %j: %s', (name, [action, resource, context = {}], expected) => {
  expect(answer(name, { action, resource, context })).toBe(expected);
});

test('in its own environment, not in the other', () => {
  const request = { action: 'secretsmanager:GetSecretValue', resource: devLogin };

  expect(answer('service', request, dev)).toBe(true);
  expect(answer('service', request, prod)).toBe(false);
});
