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
])('refuses %s with %j, and does not repeat it', (type, attributes, path) => {
  const said = refusal((stack) => add(stack, type, 'it', attributes));

  expect(said).toContain(`[stack/it] `);
  expect(said).toContain(`${path} of ${type} has a`);
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
    'provider.aws.secret_key',
    (stack) => {
      stack.addOverride('provider.aws.0.secret_key', PASSWORD);
    },
  ],
])('refuses it in %s', (path, build) => {
  expect(refusal(build)).toContain(`${path} has a`);
});

test.each([
  [
    'aws_db_instance',
    { password: '${random_password.it.result}', manage_master_user_password: true },
  ],
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
