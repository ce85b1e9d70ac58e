import type { Case } from '../case.ts';
import { allow, DATABASE, policy } from './arguments.ts';

const SECRET = { secret_arn: 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:store' };
const READER = { Principal: { AWS: 'arn:aws:iam::111111111111:role/reader' } };
const WRITTEN = { ...DATABASE, manage_master_user_password: null };
const KEY = 'arn:aws:kms:eu-central-1:111111111111:key/';

export const SECRETS: readonly Case[] = [
  {
    rule: 'secret-access',
    name: 'another reader',
    fires: true,
    type: 'aws_secretsmanager_secret_policy',
    after: { ...SECRET, policy: policy(allow('secretsmanager:GetSecretValue', '*', READER)) },
  },
  {
    rule: 'secret-access',
    name: 'a new secret without a policy',
    fires: false,
    type: 'aws_secretsmanager_secret',
    after: { name: 'store', policy: '' },
  },
  {
    rule: 'rotation-ends',
    name: 'of a secret',
    fires: true,
    type: 'aws_secretsmanager_secret_rotation',
    before: rotation(30),
  },
  {
    rule: 'rotation-ends',
    name: 'begins',
    fires: false,
    type: 'aws_secretsmanager_secret_rotation',
    after: rotation(30),
  },
  {
    rule: 'rotated-less',
    name: 'once a year',
    fires: true,
    type: 'aws_secretsmanager_secret_rotation',
    before: rotation(30),
    after: rotation(365),
  },
  {
    rule: 'rotated-less',
    name: 'a key never',
    fires: true,
    type: 'aws_kms_key',
    before: { enable_key_rotation: true },
    after: { enable_key_rotation: false },
  },
  {
    rule: 'rotated-less',
    name: 'once a week',
    fires: false,
    type: 'aws_secretsmanager_secret_rotation',
    before: rotation(30),
    after: rotation(7),
  },
  {
    rule: 'secret-changed',
    name: 'a password',
    fires: true,
    type: 'aws_db_instance',
    before: { ...WRITTEN, password: 'correct horse' },
    after: { ...WRITTEN, password: 'battery staple' },
  },
  {
    rule: 'secret-changed',
    name: 'a password that is not stored',
    fires: true,
    type: 'aws_db_instance',
    before: { ...WRITTEN, password_wo: 'correct horse', password_wo_version: 1 },
    after: { ...WRITTEN, password_wo: 'battery staple', password_wo_version: 2 },
  },
  {
    rule: 'secret-changed',
    name: 'beside a password',
    fires: false,
    type: 'aws_db_instance',
    before: { ...WRITTEN, password: 'correct horse' },
    after: { ...WRITTEN, password: 'correct horse', backup_retention_period: 8 },
  },
  {
    rule: 'plain-secret',
    name: 'in a task',
    fires: true,
    type: 'aws_ecs_task_definition',
    before: task({ LOG_LEVEL: 'info' }),
    after: task({ LOG_LEVEL: 'info', STRIPE_API_KEY: 'sk-not-a-real-one' }),
  },
  {
    rule: 'plain-secret',
    name: 'in a function',
    fires: true,
    type: 'aws_lambda_function',
    after: {
      function_name: 'mail',
      role: 'arn:aws:iam::111111111111:role/mail',
      image_uri: '111111111111.dkr.ecr.eu-central-1.amazonaws.com/mail:1',
      package_type: 'Image',
      environment: [{ variables: { SMTP_PASSWORD: 'not a real one' } }],
    },
  },
  {
    rule: 'plain-secret',
    name: 'only where it is',
    fires: false,
    type: 'aws_ecs_task_definition',
    before: task({ LOG_LEVEL: 'info' }),
    after: task({ LOG_LEVEL: 'info', STRIPE_API_KEY: SECRET.secret_arn }),
  },
  {
    rule: 'parameter-in-plain-text',
    name: 'from now on',
    fires: true,
    type: 'aws_ssm_parameter',
    before: { name: '/store/token', type: 'SecureString', value: 'not a real one' },
    after: { name: '/store/token', type: 'String', value: 'not a real one' },
  },
  {
    rule: 'parameter-in-plain-text',
    name: 'no longer',
    fires: false,
    type: 'aws_ssm_parameter',
    before: { name: '/store/token', type: 'String', value: 'not a real one' },
    after: { name: '/store/token', type: 'SecureString', value: 'not a real one' },
  },
  {
    rule: 'encryption-off',
    name: 'of a database',
    fires: true,
    type: 'aws_db_instance',
    before: DATABASE,
    after: { ...DATABASE, storage_encrypted: false },
  },
  {
    rule: 'encryption-off',
    name: 'on',
    fires: false,
    type: 'aws_db_instance',
    before: { ...DATABASE, storage_encrypted: false },
    after: DATABASE,
  },
  {
    rule: 'key-changed',
    name: 'of logs',
    fires: true,
    type: 'aws_cloudwatch_log_group',
    before: { name: '/store/api', kms_key_id: `${KEY}one` },
    after: { name: '/store/api' },
  },
  {
    rule: 'key-changed',
    name: 'for the first time',
    fires: false,
    type: 'aws_cloudwatch_log_group',
    before: { name: '/store/api' },
    after: { name: '/store/api', kms_key_id: `${KEY}one` },
  },
  {
    rule: 'managed-password-off',
    name: 'of a database',
    fires: true,
    type: 'aws_db_instance',
    before: DATABASE,
    after: { ...WRITTEN, password: 'correct horse' },
  },
  {
    rule: 'managed-password-off',
    name: 'on',
    fires: false,
    type: 'aws_db_instance',
    before: { ...WRITTEN, password: 'correct horse' },
    after: DATABASE,
  },
];

function rotation(days: number): Readonly<Record<string, unknown>> {
  return {
    secret_id: SECRET.secret_arn,
    rotation_lambda_arn: 'arn:aws:lambda:eu-central-1:111111111111:function:rotate',
    rotation_rules: [{ automatically_after_days: days }],
  };
}

function task(variables: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const environment = Object.entries(variables).map(([name, value]) => ({ name, value }));
  const container = { name: 'api', image: 'store:1', essential: true, environment };
  return { family: 'api', container_definitions: JSON.stringify([container]) };
}
