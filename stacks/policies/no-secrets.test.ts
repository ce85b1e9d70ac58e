import { TerraformOutput, TerraformVariable, type TerraformStack } from 'cdktf';
import { add, refusalOf } from '../testing/refusal.ts';
import { noSecrets } from './no-secrets.ts';

const PASSWORD = 'hunter2';

function refusal(build: (stack: TerraformStack) => unknown): string {
  return refusalOf(noSecrets, build);
}

const container = (environment: object) => JSON.stringify([{ name: 'store', environment }]);

test.each([
  ['aws_db_instance', { password: PASSWORD }, 'password'],
  ['aws_db_instance', { password_wo: PASSWORD }, 'password_wo'],
  ['aws_lambda_function', { environment: { variables: { API_KEY: PASSWORD } } }, 'API_KEY'],
  [
    'aws_ecs_task_definition',
    { container_definitions: container([{ name: 'SMTP_PASSWORD', value: PASSWORD }]) },
    'container_definitions.environment.SMTP_PASSWORD',
  ],
  [
    'aws_ecs_task_definition',
    { container_definitions: container([{ name: 'URL', value: `amqp://a:${PASSWORD}@b/c` }]) },
    'container_definitions.environment.URL',
  ],
  [
    'aws_secretsmanager_secret_version',
    { secret_string: '{"a":{"password":"hunter2"}}' },
    'a.password',
  ],
  [
    'aws_ecs_task_definition',
    { container_definitions: JSON.stringify([{ command: ['serve', `--password=${PASSWORD}`] }]) },
    'container_definitions.command',
  ],
  [
    'aws_ecs_task_definition',
    { container_definitions: JSON.stringify([{ command: ['serve', '--api-key', PASSWORD] }]) },
    'container_definitions.command',
  ],
  ['aws_instance', { user_data: `#!/bin/sh\nexport DB_PASSWORD=${PASSWORD}\n` }, 'user_data'],
  [
    'aws_instance',
    { user_data_base64: Buffer.from(`#!/bin/sh\nDB_PASSWORD="${PASSWORD}"\n`).toString('base64') },
    'user_data_base64',
  ],
  [
    'aws_launch_template',
    { user_data: `\${base64encode("export DB_PASSWORD=${PASSWORD}")}` },
    'user_data',
  ],
  [
    'aws_secretsmanager_secret_version',
    { secret_string: `\${jsonencode({"password" = "${PASSWORD}"})}` },
    'secret_string',
  ],
  ['aws_ssm_parameter', { name: '/store/password', value: PASSWORD }, '/store/password'],
])('refuses %s with %j, and does not repeat it', (type, attributes, path) => {
  const said = refusal((stack) => add(stack, type, 'it', attributes));

  expect(said).toContain(`[stack/it] `);
  expect(said).toContain(`${path} of ${type} has `);
  expect(said).toContain('put it into Secrets Manager, and name its ARN');
  expect(said).not.toContain(PASSWORD);
});

test.each<readonly [string, (stack: TerraformStack) => unknown]>([
  [
    'output.told.value',
    (stack) => new TerraformOutput(stack, 'told', { value: `ftp://a:${PASSWORD}@b` }),
  ],
  [
    'variable.asked.default',
    (stack) => new TerraformVariable(stack, 'asked', { default: `ftp://a:${PASSWORD}@b` }),
  ],
  [
    'variable.db_password.default',
    (stack) => new TerraformVariable(stack, 'db_password', { default: PASSWORD }),
  ],
  ['output.api_key.value', (stack) => new TerraformOutput(stack, 'api_key', { value: PASSWORD })],
  [
    'provider.aws.secret_key',
    (stack) => {
      stack.addOverride('provider.aws.0.secret_key', PASSWORD);
    },
  ],
])('refuses it in %s', (path, build) => {
  expect(refusal(build)).toContain(`${path} has a`);
});

test.each([
  'random_password.it.result',
  'aws_iam_access_key.it.secret',
  'data.aws_secretsmanager_secret_version.it.secret_string',
])('refuses the output of %s', (reference) => {
  const said = refusal(
    (stack) => new TerraformOutput(stack, 'told', { value: `\${${reference}}` }),
  );

  expect(said).toContain(`output.told.value has the value of ${reference.replace('data.', '')}`);
});

test.each([
  ['aws_db_instance', { password: '${var.it}' }, 'password'],
  ['aws_rds_cluster', { master_password: '${var.it}' }, 'masterPassword'],
])('refuses %s with %j', (type, attributes, argument) => {
  expect(refusal((stack) => add(stack, type, 'it', attributes))).toContain(
    `[stack/it] ${type} has a password that Terraform knows: set manageMasterUserPassword: true instead of ${argument}`,
  );
});

test.each([
  ['aws_db_instance', { manage_master_user_password: true }],
  ['aws_db_instance', { password_wo: '${ephemeral.random_password.it.result}' }],
  ['aws_codebuild_project', { encryption_key: 'arn:aws:kms:eu-central-1:123456789012:key/1' }],
  [
    'aws_ecs_task_definition',
    { container_definitions: JSON.stringify([{ command: ['login', '--password', '$PASSWORD'] }]) },
  ],
  ['aws_instance', { user_data: 'export DB_PASSWORD=$(aws secretsmanager get-secret-value)' }],
  ['aws_cognito_user_pool_client', { token_validity_units: { access_token: 'hours' } }],
  [
    'aws_ecs_task_definition',
    {
      container_definitions:
        '[{"environment":[{"name":"DATABASE_SECRET","value":"${aws_db_instance.it.arn}"}]}]',
    },
  ],
  [
    'aws_db_parameter_group',
    { parameter: [{ name: 'password_encryption', value: 'scram-sha-256' }] },
  ],
])('keeps %s with %j', (type, attributes) => {
  expect(refusal((stack) => add(stack, type, 'it', attributes))).toBe('');
});

test('the hash of a commit is no secret', () => {
  const value = '0a1b2c3d'.repeat(5);

  expect(refusal((stack) => new TerraformOutput(stack, 'commit', { value }))).toBe('');
});
